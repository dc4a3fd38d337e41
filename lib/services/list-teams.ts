import type { Context } from "@/lib/context";

export interface TeamAnswer {
  name: string;
  timezone: string | null;
  services: string[];
}

/** The teams of pushline.yaml with their services, in its order. */
export async function listTeams(
  context: Context,
): Promise<{ items: TeamAnswer[]; nextCursor: null }> {
  const items = context.config.teams.map((team) => ({
    name: team.name,
    timezone: team.timezone ?? null,
    services: context.config.services
      .filter((service) => service.team === team.name)
      .map((service) => service.name),
  }));
  return { items, nextCursor: null };
}
