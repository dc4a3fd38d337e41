"use client";

import { useQuery } from "@tanstack/react-query";
import { servicesQuery } from "@/app/_query/queries";
import { useViewer } from "@/app/_shell/viewer";

/** Whether the viewer may judge and correct what concerns this service: as the instance's editor, or its team's. */
export function useMayWrite(service: string | null): boolean {
  const { role, teams } = useViewer();
  const services = useQuery(servicesQuery()).data?.items ?? [];
  const team = services.find(({ name }) => name === service)?.team;
  const held = team ? teams[team] : undefined;
  return role !== "viewer" || (held !== undefined && held !== "viewer");
}
