import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { canonicalJson } from "@/lib/facts/canonical";
import { publicId } from "@/lib/facts/keys";
import { mergeStatements } from "@/lib/facts/merge";
import type { MembersByNoun, Noun, Statement } from "@/lib/facts/types";

/** What becomes of one fact. */
export interface FactChange {
  noun: Noun;
  id: string;
  key: string;
  change: "appears" | "changes" | "vanishes";
  /** Those members that differ; of one that appears or vanishes, all. */
  members: { name: string; before: unknown; after: unknown }[];
}

type Said = Statement & { delivery: number };

const factsAtOnce = 500;

/**
 * Which facts differ once these deliveries say what is given instead of what is stored of
 * them, everything else staying as it is; by noun and id. Writes nothing.
 */
export async function compareFacts(
  db: Kysely<Database>,
  instead: ReadonlyMap<number, readonly Statement[]>,
): Promise<FactChange[]> {
  const told = saidNow(instead);
  const ids = [...new Set([...told.keys(), ...(await factsOf(db, [...instead.keys()]))])].sort();
  const changes: FactChange[] = [];
  for (let begin = 0; begin < ids.length; begin += factsAtOnce) {
    const part = ids.slice(begin, begin + factsAtOnce);
    const stored = await readSaid(db, part);
    for (const id of part) {
      const before = stored.get(id) ?? [];
      const kept = before.filter(({ delivery }) => !instead.has(delivery));
      const change = compare(id, before, [...kept, ...(told.get(id) ?? [])]);
      if (change) changes.push(change);
    }
  }
  return changes.sort((one, other) =>
    `${one.noun} ${one.id}` < `${other.noun} ${other.id}` ? -1 : 1,
  );
}

function saidNow(instead: ReadonlyMap<number, readonly Statement[]>): Map<string, Said[]> {
  const told = new Map<string, Said[]>();
  for (const [delivery, statements] of instead)
    for (const statement of statements) {
      const id = publicId(statement.noun, statement.key);
      told.set(id, [...(told.get(id) ?? []), { ...statement, delivery }]);
    }
  return told;
}

function compare(id: string, before: readonly Said[], after: readonly Said[]): FactChange | null {
  const [said] = [...before, ...after];
  if (!said) return null;
  const { noun, key } = said;
  const [old, next] = [membersOf(noun, before), membersOf(noun, after)];
  const members = differing(old ?? {}, next ?? {});
  if (members.length === 0) return null;
  const change = !old ? "appears" : next ? "changes" : "vanishes";
  return { noun, id, key, change, members };
}

function membersOf<N extends Noun>(noun: N, said: readonly Said[]): Record<string, unknown> | null {
  const statements = said.map(({ asOf, timeFromReceipt, members }) => ({
    asOf,
    timeFromReceipt,
    members: members as MembersByNoun[N],
  }));
  return (
    (mergeStatements(noun, statements)?.members as Record<string, unknown> | undefined) ?? null
  );
}

function differing(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): FactChange["members"] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((member) => canonicalJson(member.before) !== canonicalJson(member.after));
}

async function factsOf(db: Kysely<Database>, deliveries: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct fact_id as id from statements
    where delivery_id = any(${[...deliveries]}::bigint[])`.execute(db);
  return rows.map(({ id }) => id);
}

async function readSaid(
  db: Kysely<Database>,
  facts: readonly string[],
): Promise<Map<string, Said[]>> {
  const { rows } = await sql<
    { fact_id: string; as_of: string; time_from_receipt: boolean } & Omit<Said, "asOf">
  >`
    select fact_id, delivery_id as delivery, noun, key, as_of, time_from_receipt, members
    from statements where fact_id = any(${[...facts]}::text[])`.execute(db);
  const byFact = new Map<string, Said[]>();
  for (const { fact_id, as_of, time_from_receipt, ...said } of rows) {
    const one = { ...said, asOf: as_of, timeFromReceipt: time_from_receipt } as Said;
    const others = byFact.get(fact_id);
    if (others) others.push(one);
    else byFact.set(fact_id, [one]);
  }
  return byFact;
}
