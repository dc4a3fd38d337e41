import { contentHash } from "@/lib/facts/canonical";
import { type AttemptStatus, finalStatuses, type Time } from "@/lib/facts/types";

/** A statement as merging sees it: a row of the statements table or a reader's own. */
export interface Said {
  asOf: Time;
  timeFromReceipt?: boolean;
  members: object;
}

/** What one statement says of one member. */
export interface Claim {
  value: unknown;
  said: Said;
}

/**
 * The claim that stands: the greatest asOf; at equal times a final status over
 * an unfinished one, a value over null, the statement with a final status, then
 * the content's hash. A moment that is only its delivery's receipt yields to
 * any moment a sender named, and among receipts the first is nearest the truth.
 * Depends on the set of claims alone, never on their order.
 */
export function standingClaim(claims: readonly Claim[]): Claim | null {
  const named = greatest(claims.filter((claim) => !isReceipt(claim)));
  const receipt = claims
    .filter(isReceipt)
    .reduce<Claim | null>((first, next) => (!first || isLater(first, next) ? next : first), null);
  if (!named || !receipt) return named ?? receipt;
  if (named.value !== null) return named;
  return receipt.said.asOf >= named.said.asOf ? receipt : named;
}

export function greatest(claims: readonly Claim[]): Claim | null {
  return claims.reduce<Claim | null>(
    (best, next) => (!best || isLater(next, best) ? next : best),
    null,
  );
}

export function isFinal(status: unknown): boolean {
  return finalStatuses.includes(status as AttemptStatus);
}

export function isReceipt({ value, said }: Claim): boolean {
  return said.timeFromReceipt === true && value === said.asOf;
}

function isLater(a: Claim, b: Claim): boolean {
  if (a.said.asOf !== b.said.asOf) return a.said.asOf > b.said.asOf;
  return (
    firstDifference([
      [isFinal(statusOf(a.value)), isFinal(statusOf(b.value))],
      [a.value !== null, b.value !== null],
      [isFinal(statusOf(a.said.members)), isFinal(statusOf(b.said.members))],
    ]) ?? hashOf(a.said) > hashOf(b.said)
  );
}

/** A status is its own; a stage or a statement has one. */
function statusOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return "status" in value ? value.status : undefined;
}

function firstDifference(pairs: [boolean, boolean][]): boolean | null {
  const pair = pairs.find(([a, b]) => a !== b);
  return pair ? pair[0] : null;
}

const hashes = new WeakMap<object, string>();

function hashOf({ members }: Said): string {
  const known = hashes.get(members);
  if (known !== undefined) return known;
  const hash = contentHash(members);
  hashes.set(members, hash);
  return hash;
}
