"use client";

import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import type { Role } from "@/lib/auth/actor";

/** Puts somebody into the team under a role; without one, takes them out. */
export function useMembership(team: string) {
  return useSending(
    ({ person, role }: { person: string; role: Role | null }) =>
      putAnswer(`/api/v1/teams/${encodeURIComponent(team)}/members/${encodeURIComponent(person)}`, {
        role,
      }),
    ["/api/v1/teams", "/api/v1/people"],
  );
}
