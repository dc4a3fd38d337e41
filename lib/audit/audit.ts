import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";

/** Everything the audit speaks of; the noun comes first, so that they sort by it. */
export const auditActions = [
  "account.identity_linked",
  "account.identity_unlinked",
  "account.password_changed",
  "account.password_link_made",
  "account.password_reset",
  "account.proof_failed",
  "account.signed_in",
  "account.sign_in_failed",
  "account.signed_out",
  "account.session_ended",
  "backfill.started",
  "backfill.missed_asked",
  "backfill.paused",
  "backfill.resumed",
  "backfill.stopped",
  "deployment.corrected",
  "deployment.rejoined",
  "deployment.separated",
  "delivery.replayed",
  "engine.saved",
  "engine.removed",
  "goal.saved",
  "goal.removed",
  "incident.judged",
  "incident.rejoined",
  "incident.separated",
  "instance.set_up",
  "instance.recovery_offered",
  "instance.recovered",
  "invitation.made",
  "invitation.withdrawn",
  "invitation.accepted",
  "objective.saved",
  "objective.removed",
  "person.joined",
  "person.changed",
  "person.removed",
  "service.saved",
  "service.removed",
  "source.added",
  "source.changed",
  "source.mapped",
  "source.replayed",
  "source.rotation_begun",
  "source.rotation_finished",
  "source.removed",
  "source.tested",
  "team.saved",
  "team.removed",
  "team.member_changed",
  "token.made",
  "token.rotated",
  "token.revoked",
] as const;
export type AuditAction = (typeof auditActions)[number];

export interface AuditEntry {
  action: AuditAction;
  /** What it was done to: its kind and its id or name. */
  subject?: { kind: string; id: string };
  /** What changed, in words of the product; never a secret. */
  details?: Record<string, unknown>;
}

/**
 * Adds to the audit who did what, when and from where. Takes the transaction of
 * the deed itself, so that neither is there without the other.
 */
export async function recordAudit(
  trx: Kysely<Database>,
  context: Pick<Context, "actor" | "clock" | "address">,
  { action, subject, details = {} }: AuditEntry,
): Promise<void> {
  await trx
    .insertInto("audit")
    .values({
      at: context.clock.now(),
      actor_kind: context.actor.kind,
      actor: context.actor.name,
      actor_id: "id" in context.actor ? context.actor.id : null,
      action,
      subject_kind: subject?.kind ?? null,
      subject: subject?.id ?? null,
      address: context.address,
      details: JSON.stringify(details),
    })
    .execute();
}
