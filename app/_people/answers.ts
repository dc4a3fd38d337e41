import type { Role } from "@/lib/auth/actor";

export interface MeAnswer {
  kind: "person" | "token" | "visitor";
  name: string;
  email: string | null;
  hasPassword: boolean;
}

export interface SessionAnswer {
  id: string;
  current: boolean;
  issuer: string;
  address: string | null;
  userAgent: string | null;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
}

export interface PersonAnswer {
  id: string;
  name: string;
  /** Null where the viewer may not know. */
  email: string | null;
  role: Role;
  teams: Record<string, Role>;
  issuers: string[] | null;
  createdAt: string;
  lastSeenAt: string | null;
  disabled: boolean;
}

export interface InvitationAnswer {
  id: string;
  note: string | null;
  role: Role;
  teams: Record<string, Role>;
  invitedBy: string;
  createdAt: string;
  expiresAt: string;
  state: "open" | "accepted" | "withdrawn" | "expired";
}

export interface TeamAnswer {
  name: string;
  timezone: string | null;
  services: string[];
  provisioned: boolean;
  members: { person: string; name: string; role: Role }[];
}
