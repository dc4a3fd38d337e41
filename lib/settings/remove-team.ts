import type { Transaction } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { changeSettings } from "@/lib/settings/change-settings";
import { refuseProvisioned } from "@/lib/settings/names";

/**
 * Removes a team with its memberships and goals. Throws `not_found`, `provisioned`, and
 * `conflict` while a service or a token is the team's.
 */
export async function removeTeam(context: Context, name: string): Promise<{ name: string }> {
  authorise(context, "admin");
  await changeSettings(context, async (trx) => {
    refuseProvisioned(context.config, "teams", name);
    await refuseInUse(trx, context, name);
    const { numDeletedRows } = await trx
      .deleteFrom("configured_teams")
      .where("name", "=", name)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new Problem("not_found", "There is no team of this name.");
    await trx.deleteFrom("configured_goals").where("team", "=", name).execute();
    await trx.deleteFrom("team_members").where("team", "=", name).execute();
    await recordAudit(trx, context, {
      action: "team.removed",
      subject: { kind: "team", id: name },
    });
  });
  return { name };
}

async function refuseInUse(
  trx: Transaction<Database>,
  { config }: Pick<Context, "config">,
  team: string,
): Promise<void> {
  const services = await trx
    .selectFrom("configured_services")
    .select("name")
    .where("team", "=", team)
    .execute();
  const tokens = await trx
    .selectFrom("tokens")
    .select("name")
    .where("reach_kind", "=", "team")
    .where("reach_name", "=", team)
    .where("revoked_at", "is", null)
    .execute();
  const inFile = config.tokens.filter(
    ({ name, reach }) =>
      config.provisioned.tokens.includes(name) && reach?.kind === "team" && reach.name === team,
  );
  const users = [
    ...services.map(({ name }) => `service ${name}`),
    ...[...tokens, ...inFile].map(({ name }) => `token ${name}`),
  ];
  if (users.length > 0)
    throw new Problem(
      "conflict",
      `It is still the team of ${users.slice(0, 5).join(", ")}${users.length > 5 ? " and others" : ""}.`,
    );
}
