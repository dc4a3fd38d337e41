import { deliveryHref } from "@/app/_deliveries/naming";
import { deploymentHref } from "@/app/_deployments/naming";
import { incidentHref } from "@/app/_incidents/naming";
import type { AuditAction } from "@/lib/audit/audit";
import type { AuditAnswer } from "@/lib/audit/audit-answer";

/** What was done, as it reads after the name of who did it; {} is to what. */
const sentences: Record<AuditAction, string> = {
  "account.identity_linked": "linked a further sign-in to their account",
  "account.identity_unlinked": "unlinked a further sign-in from their account",
  "account.password_changed": "changed their password",
  "account.password_link_made": "made a new-password link for {}",
  "account.password_reset": "set a new password by an admin's link",
  "account.proof_failed": "got their own password wrong",
  "account.signed_in": "signed in",
  "account.sign_in_failed": "failed to sign in as {}",
  "account.signed_out": "signed out",
  "account.session_ended": "ended a session of {}",
  "backfill.started": "began to fetch the history of {}",
  "backfill.missed_asked": "asked again for the missed deliveries of {}",
  "backfill.paused": "paused fetching the history of {}",
  "backfill.resumed": "went on fetching the history of {}",
  "backfill.stopped": "stopped fetching the history of {}",
  "deployment.corrected": "corrected the deployment {}",
  "deployment.rejoined": "let a report join the deployment {} again",
  "deployment.separated": "held a report apart from the deployment {}",
  "delivery.replayed": "replayed the delivery {}",
  "engine.saved": "saved the engine {}",
  "engine.removed": "removed the engine {}",
  "goal.saved": "set the goal {}",
  "goal.removed": "removed the goal {}",
  "incident.judged": "gave a verdict on the incident {}",
  "incident.rejoined": "let a report join the incident {} again",
  "incident.separated": "held a report apart from the incident {}",
  "instance.set_up": "set up this instance",
  "instance.recovery_offered": "printed an address that makes or restores an admin",
  "instance.recovered": "recovered this instance from its shell",
  "invitation.made": "invited {}",
  "invitation.withdrawn": "withdrew the invitation of {}",
  "invitation.accepted": "accepted an invitation",
  "objective.saved": "set the objective {}",
  "objective.removed": "took back the objective {}",
  "person.joined": "came in without an invitation, by a provider that admits anyone",
  "person.changed": "changed the person {}",
  "person.removed": "removed the person {}",
  "service.saved": "saved the rules of the service {}",
  "service.removed": "removed the rules of the service {}",
  "source.added": "added the source {}",
  "source.changed": "changed how the source {} proves itself",
  "source.mapped": "changed what the source {} turns into",
  "source.replayed": "had all that the source {} sent read again",
  "source.rotation_begun": "gave the source {} a second secret",
  "source.rotation_finished": "ended the old secret of the source {}",
  "source.removed": "removed the source {}",
  "source.tested": "sent a test of the source {}",
  "team.saved": "saved the team {}",
  "team.removed": "removed the team {}",
  "team.member_changed": "changed who is in the team {}",
  "token.made": "made the token {}",
  "token.rotated": "gave the token {} a new secret",
  "token.revoked": "revoked the token {}",
};

export const auditActions = Object.keys(sentences);

export interface Sentence {
  before: string;
  /** To what, by its name; null where the sentence needs none. */
  subject: string | null;
  href: string | null;
  after: string;
}

/** One entry in words; `names` are of people, by id. An action of another version keeps its own name. */
export function sentenceOf(entry: AuditAnswer, names: ReadonlyMap<string, string>): Sentence {
  const sentence = Object.hasOwn(sentences, entry.action)
    ? sentences[entry.action as AuditAction]
    : `${actionName(entry.action)} {}`;
  const [before = "", after] = sentence.split("{}");
  if (after === undefined) return { before, subject: null, href: null, after: "" };
  return { before, subject: subjectOf(entry, names), href: hrefOf(entry), after };
}

/** `source.rotation_begun` → `source: rotation begun`. */
export function actionName(action: string): string {
  return action.replace(".", ": ").replaceAll("_", " ");
}

/** What changed, member by member, in words; what is not there is left out. */
export function detailsOf({ details }: AuditAnswer): [name: string, words: string][] {
  return Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [spaced(name), wordsOf(value)]);
}

function subjectOf(
  { subjectKind, subject, details }: AuditAnswer,
  names: ReadonlyMap<string, string>,
) {
  if (subjectKind === "person")
    return named(details.name) ?? names.get(subject ?? "") ?? "someone who is gone";
  if (subjectKind === "invitation") return named(details.note) ?? "someone";
  // Who came back from a provider and failed has no name here.
  if (subjectKind === "provider") return `someone at ${subject}`;
  return subject ?? "something";
}

function hrefOf({ subjectKind, subject }: AuditAnswer): string | null {
  if (subject === null) return null;
  if (subjectKind === "delivery") return deliveryHref(subject);
  if (subjectKind === "deployment") return deploymentHref(subject);
  return subjectKind === "incident" ? incidentHref(subject) : null;
}

function named(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** `dependsOn` → `depends on`. */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function wordsOf(value: unknown): string {
  if (value === null || value === "") return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(wordsOf).join(", ");
  if (typeof value === "object")
    return (
      Object.entries(value)
        .map(([name, inner]) => `${spaced(name)} ${wordsOf(inner)}`)
        .join(", ") || "none"
    );
  return String(value).replace(
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\.?\d*Z$/,
    (_, day, time) => `${day} ${time} UTC`,
  );
}
