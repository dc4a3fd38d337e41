"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Role } from "@/lib/auth/actor";

/** Whoever looks at the page, and what they may do at all; the server asks again each time. */
export interface Viewer {
  /** A visitor looks at a demo that its operator opened without sign-in. */
  kind: "person" | "visitor";
  id: string | null;
  name: string;
  email: string | null;
  role: Role;
  teams: Readonly<Record<string, Role>>;
  /** `manage` anywhere; a delivery is no single team's, so a team's role lets nobody replay. */
  can: Readonly<Record<"replay" | "manage" | "admin", boolean>>;
}

const ViewerContext = createContext<Viewer | null>(null);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("There is a viewer only under the dashboard's layout.");
  return viewer;
}

/** Whether the viewer may set up this team: its members, services and tokens. */
export function managesTeam({ can, teams }: Viewer, team: string): boolean {
  return can.admin || teams[team] === "admin";
}
