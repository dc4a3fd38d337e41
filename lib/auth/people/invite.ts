import { recordAudit } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/actor";
import { authorise } from "@/lib/auth/policy";
import { hashSecret, newId, newSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const lifetimeMilliseconds = 7 * 86_400_000;

/**
 * Makes an invitation for one person, good for 7 days; its address is shown this
 * once. Throws `invalid_field` for a team that is not there.
 */
export async function invite(
  context: Context,
  { note, role, teams }: { note: string; role: Role; teams: Record<string, Role> },
  base: string,
): Promise<{ id: string; address: string }> {
  authorise(context, "admin");
  refuseUnknownTeams(context, teams);
  const token = newSecret();
  const id = newId();
  const now = context.clock.now();
  const { actor } = context;
  await context.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("invitations")
      .values({
        id,
        token_hash: hashSecret(token),
        note,
        role,
        teams: JSON.stringify(teams),
        invited_by: actor.kind === "person" ? actor.id : actor.name,
        created_at: now,
        expires_at: new Date(now.getTime() + lifetimeMilliseconds),
      })
      .execute();
    await recordAudit(trx, context, {
      action: "invitation.made",
      subject: { kind: "invitation", id },
      details: { note, role, teams },
    });
  });
  return { id, address: `${base}/invitation#${token}` };
}

/** Takes an open invitation back. Throws `not_found` where none is open under this id. */
export async function withdrawInvitation(context: Context, id: string): Promise<void> {
  authorise(context, "admin");
  const now = context.clock.now();
  await context.db.transaction().execute(async (trx) => {
    const withdrawn = await trx
      .updateTable("invitations")
      .set({ withdrawn_at: now })
      .where("id", "=", id)
      .where("accepted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("note")
      .executeTakeFirst();
    if (!withdrawn) throw new Problem("not_found", "No such invitation is open.");
    await recordAudit(trx, context, {
      action: "invitation.withdrawn",
      subject: { kind: "invitation", id },
      details: { note: withdrawn.note },
    });
  });
}

function refuseUnknownTeams({ config }: Context, teams: Record<string, Role>): void {
  const unknown = Object.keys(teams).find((team) =>
    config.teams.every(({ name }) => name !== team),
  );
  if (unknown !== undefined)
    throw new Problem("invalid_field", "An invitation names a team that is not there.", {
      field: `teams.${unknown}`,
      expected: "the name of a team",
    });
}
