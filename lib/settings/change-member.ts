import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/actor";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { holdSettings } from "@/lib/settings/change-settings";

export interface Membership {
  team: string;
  person: string;
  name: string;
  role: Role | null;
}

/** Gives someone a role in a team, or takes them out (null). Throws `not_found`, `forbidden`. */
export async function changeMember(
  context: Context,
  { team, person, role }: Omit<Membership, "name">,
): Promise<Membership> {
  authorise(context, "manage", { team });
  return context.db.transaction().execute(async (trx) => {
    // A team that is just being removed must not leave a member behind.
    await holdSettings(trx);
    if (!(await isThere(trx, context, team)))
      throw new Problem("not_found", "There is no such team.");
    const name = await holdName(trx, person);
    const before = await trx
      .deleteFrom("team_members")
      .where("team", "=", team)
      .where("person_id", "=", person)
      .returning("role")
      .executeTakeFirst();
    if (role !== null)
      await trx.insertInto("team_members").values({ team, person_id: person, role }).execute();
    await recordAudit(trx, context, {
      action: "team.member_changed",
      subject: { kind: "team", id: team },
      details: { person, name, role, formerly: before?.role ?? null },
    });
    return { team, person, name, role };
  });
}

async function isThere(
  trx: Kysely<Database>,
  { config }: Pick<Context, "config">,
  team: string,
): Promise<boolean> {
  if (config.provisioned.teams.includes(team)) return true;
  const row = await trx
    .selectFrom("configured_teams")
    .select("name")
    .where("name", "=", team)
    .executeTakeFirst();
  return row !== undefined;
}

async function holdName(trx: Kysely<Database>, id: string): Promise<string> {
  const person = await trx
    .selectFrom("people")
    .select("name")
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!person) throw new Problem("not_found", "There is no such person.");
  return person.name;
}
