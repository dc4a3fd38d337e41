import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import type { Role } from "@/lib/auth/actor";
import { dropLinksBy, dropLinksFor } from "@/lib/auth/passwords/password-links";
import type { PersonRow } from "@/lib/auth/people/add-person";
import { authorise } from "@/lib/auth/policy";
import { countAdmins, holdAdmins } from "@/lib/auth/set-up/admins";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * Changes someone's role, or lets them in no longer, which ends their sessions.
 * Whoever is no enabled admin any more takes back the invitations and the links to
 * new passwords they made. Without a change nothing is done. Throws `not_found`, `last_admin`.
 */
export async function changePerson(
  context: Context,
  id: string,
  { role, disabled }: { role?: Role; disabled?: boolean },
): Promise<void> {
  authorise(context, "admin");
  await context.db.transaction().execute(async (trx) => {
    const before = await holdPerson(trx, id);
    if (role === undefined && disabled === undefined) return;
    const now = context.clock.now();
    const after = await trx
      .updateTable("people")
      .set({
        role: role ?? before.role,
        disabled_at: disabled === undefined ? before.disabled_at : disabled ? now : null,
      })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await refuseWithoutAdmin(trx, before);
    if (after.disabled_at) {
      await trx.deleteFrom("sessions").where("person_id", "=", id).execute();
      await dropLinksFor(trx, id);
    }
    if (isAdmin(before) && !isAdmin(after)) await takeLinksBack(trx, context, id);
    await recordAudit(trx, context, {
      action: "person.changed",
      subject: { kind: "person", id },
      details: {
        name: before.name,
        ...(role !== undefined && { role, formerly: before.role }),
        ...(disabled !== undefined && { disabled }),
      },
    });
  });
}

/** Takes someone out for good, with what they sign in by. Throws `not_found`, `last_admin`. */
export async function removePerson(context: Context, id: string): Promise<void> {
  authorise(context, "admin");
  await context.db.transaction().execute(async (trx) => {
    const { name, email, ...person } = await holdPerson(trx, id);
    await takeLinksBack(trx, context, id);
    // Who made an invitation is still told, by name.
    await trx
      .updateTable("invitations")
      .set({ invited_by: name })
      .where("invited_by", "=", id)
      .execute();
    await trx.deleteFrom("people").where("id", "=", id).execute();
    await refuseWithoutAdmin(trx, person);
    await recordAudit(trx, context, {
      action: "person.removed",
      subject: { kind: "person", id },
      details: { name, email, role: person.role },
    });
  });
}

/** Signs someone out everywhere; answers from how many sessions. Throws `not_found`. */
export async function endSessionsOf(context: Context, id: string): Promise<number> {
  authorise(context, "admin");
  return context.db.transaction().execute(async (trx) => {
    const { name } = await holdPerson(trx, id);
    const ended = await trx
      .deleteFrom("sessions")
      .where("person_id", "=", id)
      .returning("id")
      .execute();
    await recordAudit(trx, context, {
      action: "account.session_ended",
      subject: { kind: "person", id },
      details: { name, sessions: ended.length },
    });
    return ended.length;
  });
}

/** Holds the admins first, so that of two who demote each other the second sees the first. */
async function holdPerson(trx: Kysely<Database>, id: string): Promise<PersonRow> {
  await holdAdmins(trx);
  const person = await trx
    .selectFrom("people")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!person) throw new Problem("not_found", "There is no such person.");
  return person;
}

async function refuseWithoutAdmin(
  trx: Kysely<Database>,
  before: Pick<PersonRow, "role" | "disabled_at">,
): Promise<void> {
  if (isAdmin(before) && (await countAdmins(trx)) === 0)
    throw new Problem(
      "last_admin",
      "Nobody could administer Pushline then; make another admin first.",
    );
}

function isAdmin({ role, disabled_at }: Pick<PersonRow, "role" | "disabled_at">): boolean {
  return role === "admin" && disabled_at === null;
}

/** Else an admin could leave a door open for the day they are none. */
async function takeLinksBack(trx: Kysely<Database>, context: Context, by: string): Promise<void> {
  await dropLinksBy(trx, by);
  const withdrawn = await trx
    .updateTable("invitations")
    .set({ withdrawn_at: context.clock.now() })
    .where("invited_by", "=", by)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .returning(["id", "note"])
    .execute();
  for (const { id, note } of withdrawn)
    await recordAudit(trx, context, {
      action: "invitation.withdrawn",
      subject: { kind: "invitation", id },
      details: { note, invitedBy: by },
    });
}
