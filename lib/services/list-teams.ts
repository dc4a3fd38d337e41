import { z } from "zod";
import { isWithin, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { pageByName } from "@/lib/http/cursor";

export const teamAnswer = z.object({
  name: z.string(),
  timezone: z.string().nullable(),
  services: z.array(z.string()),
});
export type TeamAnswer = z.infer<typeof teamAnswer>;

/** The teams of pushline.yaml with their services, by name; without a limit, all. */
export async function listTeams(
  context: Context,
  filter: { cursor?: string; limit?: number },
): Promise<Page<TeamAnswer>> {
  const within = reachOf(context);
  const teams = context.config.teams.filter(({ name }) => !within || within.teams.includes(name));
  const items = teams.map((team) => ({
    name: team.name,
    timezone: team.timezone ?? null,
    services: context.config.services
      .filter((service) => service.team === team.name)
      .map((service) => service.name)
      .filter((name) => isWithin(within, name)),
  }));
  return pageByName(items, filter);
}
