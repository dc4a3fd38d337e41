import type { Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { configTeam } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import { describeTeams, type TeamAnswer } from "@/lib/services/list-teams";
import { changeSettings } from "@/lib/settings/change-settings";
import { refuseExisting, refuseProvisioned, type SaveOptions } from "@/lib/settings/names";

export const teamBody = z.strictObject({ timezone: configTeam.shape.timezone });
export type TeamBody = z.output<typeof teamBody>;

export const teamName = configTeam.shape.name.max(100, "at most 100 characters");

/** Makes a team or changes it. Throws `provisioned`, `name_taken`. */
export async function saveTeam(
  context: Context,
  name: string,
  { timezone }: TeamBody,
  options: SaveOptions = {},
): Promise<TeamAnswer> {
  authorise(context, "admin");
  await changeSettings(context, async (trx) => {
    refuseProvisioned(context.config, "teams", name);
    const isThere = await isStored(trx, name);
    refuseExisting(isThere, options);
    // Whoever was in a team of this name, which pushline.yaml had, is not in this one.
    if (!isThere) await trx.deleteFrom("team_members").where("team", "=", name).execute();
    await trx
      .insertInto("configured_teams")
      .values({ name, timezone, created_at: context.clock.now() })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ timezone }))
      .execute();
    await recordAudit(trx, context, {
      action: "team.saved",
      subject: { kind: "team", id: name },
      details: { timezone },
    });
  });
  const [team] = await describeTeams(context, [{ name, timezone }]);
  if (!team) throw new Error("A described team is there.");
  return team;
}

async function isStored(trx: Transaction<Database>, name: string): Promise<boolean> {
  const row = await trx
    .selectFrom("configured_teams")
    .select("name")
    .where("name", "=", name)
    .executeTakeFirst();
  return row !== undefined;
}
