import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { DirtyStream } from "@/lib/facts/mark-dirty";
import { stands, upsertRows } from "@/lib/facts/save-rows";
import type { Merged } from "@/lib/facts/statements";
import { type SeparableKind, separableKinds } from "@/lib/facts/words";

export interface SavedSeparations {
  /** The streams in which incidents are grouped otherwise by them. */
  streams: DirtyStream[];
  /** Public ids of the reports of deployments that are to be grouped anew. */
  reports: string[];
}

/** Saves people's words on which reports stand apart; answers what they concern. */
export async function saveSeparations(
  trx: Transaction<Database>,
  facts: readonly Merged<"separation">[],
): Promise<SavedSeparations> {
  if (facts.length === 0) return { streams: [], reports: [] };
  const rows = facts.filter(stands).map(({ fact: { members } }) => ({
    kind: members.kind,
    member_id: members.member,
    apart: members.apart,
    note: members.note,
    actor: members.actor,
    at: members.at,
  }));
  const fallen = facts.filter((fact) => !stands(fact)).map((fact) => fact.key);
  const changed: Record<SeparableKind, string[]> = { deployment: [], incident: [] };
  for (const kind of separableKinds) {
    const ofKind = rows.filter((row) => row.kind === kind);
    const gone = fallen.flatMap((key) => memberOf(key, kind) ?? []);
    changed[kind] = [
      ...(await upsertRows(trx, "separations", ofKind, ["member_id", "kind"])),
      ...(await deleteOf(trx, kind, gone)),
    ];
  }
  return {
    streams: await streamsOfMembers(trx, changed.incident),
    reports: changed.deployment,
  };
}

/** The key is the kind and the report's id behind the source that says it. */
function memberOf(key: string, kind: SeparableKind): string | null {
  const [id, named] = key.split("/").reverse();
  return named === kind ? (id ?? null) : null;
}

async function deleteOf(
  trx: Transaction<Database>,
  kind: SeparableKind,
  members: readonly string[],
): Promise<string[]> {
  if (members.length === 0) return [];
  const gone = await trx
    .deleteFrom("separations")
    .where("kind", "=", kind)
    .where("member_id", "in", members)
    .returning("member_id")
    .execute();
  return gone.map((row) => row.member_id);
}

/** Those in which the members stand, and those of the declared incidents that they name. */
async function streamsOfMembers(
  trx: Transaction<Database>,
  members: readonly string[],
): Promise<DirtyStream[]> {
  if (members.length === 0) return [];
  const ids = [...members];
  const { rows } = await sql<DirtyStream>`
    select service, environment, opened_at as "from" from declared_incidents
    where id = any(${ids}::text[])
    union all
    select service, environment, started_at from alerts where member_id = any(${ids}::text[])
    union all
    select i.service, i.environment, least(i.opened_at, a.started_at)
    from alerts a
    join declared_incidents i on i.key = a.source || '/' || a.declared_incident
    where a.member_id = any(${ids}::text[])`.execute(trx);
  return rows;
}
