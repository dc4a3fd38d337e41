import { type Claim, greatest, isReceipt, type Said, standingClaim } from "@/lib/facts/claims";
import { settle } from "@/lib/facts/settle";
import type { MembersByNoun, Noun, Time } from "@/lib/facts/types";

export interface MergedFact<N extends Noun> {
  members: MembersByNoun[N];
  /** The latest moment that any of its statements speaks of. */
  asOf: Time;
  /** True where a time among the members is only a delivery's receipt. */
  timeFromReceipt: boolean;
}

/** Their members only make sense together, so the greatest statement stands whole. */
const wholeNouns: readonly Noun[] = ["push", "verdict", "correction", "separation"];

/** Collected by name, not replaced: each entry merges by itself. */
const collectedMembers: readonly string[] = ["stages", "reports", "cases"];

/**
 * One fact from all that was said under one natural key: per member the
 * standing claim (claims.ts), then what the noun's own rules make of them
 * (settle.ts). A function of the set of statements: order and repetition
 * change nothing. Null while a member that the noun needs is missing; the
 * nouns' needs are listed in settle.ts. Throws nothing.
 *
 * A provider that tells each step apart (GitHub's deployment statuses, issue
 * labels) leaves `status` and the times to its reports, of which the first
 * final one counts; a sender that states the members themselves (native
 * events) corrects them by a greater asOf. So both hold: "keep the first
 * in_progress and the first final state", and "the greatest asOf wins".
 */
export function mergeStatements<N extends Noun>(
  noun: N,
  statements: readonly (Said & { members: MembersByNoun[N] })[],
): MergedFact<N> | null {
  const claims = wholeNouns.includes(noun)
    ? wholeClaims(statements)
    : claimsByMember(statements, collectedMembers);
  const standing = new Map<string, Claim>();
  for (const [name, ofMember] of claims) {
    const claim = standingClaim(ofMember);
    if (claim) standing.set(name, claim);
  }
  const members = settle(noun, inOrder(standing));
  if (!members) return null;
  return {
    members,
    asOf: statements.reduce((latest, { asOf }) => (asOf > latest ? asOf : latest), ""),
    timeFromReceipt: standsOnReceipt(standing, members),
  };
}

function wholeClaims(statements: readonly Said[]): Map<string, Claim[]> {
  const stands = greatest(statements.map((said) => ({ value: said.members, said })));
  return claimsByMember(stands ? [stands.said] : [], []);
}

function claimsByMember(
  statements: readonly Said[],
  collected: readonly string[],
): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const said of statements) {
    for (const [name, value] of Object.entries(said.members)) {
      if (value === undefined) continue;
      const claim = { value: value as unknown, said };
      const others = claims.get(name);
      if (others) others.push(claim);
      else claims.set(name, [claim]);
    }
  }
  for (const name of collected) {
    const claim = collect(claims.get(name) ?? []);
    if (claim) claims.set(name, [claim]);
  }
  return claims;
}

/** A record whose every entry is the standing one of that name. */
function collect(records: readonly Claim[]): Claim | null {
  const [first] = records;
  if (!first) return null;
  const entries = claimsByMember(
    records.map(({ value, said }) => ({ ...said, members: Object(value) as object })),
    [],
  );
  const standing = new Map<string, Claim>();
  for (const [name, ofEntry] of entries) {
    const claim = greatest(ofEntry);
    if (claim) standing.set(name, claim);
  }
  return { value: inOrder(standing), said: first.said };
}

/** Plain values with their names in order, so that equal facts are equal text. */
function inOrder(standing: Map<string, Claim>): Record<string, unknown> {
  const names = [...standing.keys()].sort();
  // fromEntries defines its members: a stage may be called __proto__.
  return Object.fromEntries(names.map((name) => [name, standing.get(name)?.value]));
}

function standsOnReceipt(standing: Map<string, Claim>, members: object): boolean {
  for (const [name, claim] of standing) if (name in members && isReceipt(claim)) return true;
  const reports = standing.get("reports")?.value;
  const presumed = new Set(
    Object.values(Object(reports) as Record<string, { at: Time; presumed?: boolean }>)
      .filter((report) => report.presumed)
      .map((report) => report.at),
  );
  return presumed.size > 0 && Object.values(members).some((value) => presumed.has(value));
}
