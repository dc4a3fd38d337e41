import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { DeploymentsTable } from "@/db/schema/attempts";
import { type Code, sameCode } from "@/lib/deployments/code";
import type { EarlierDeployment } from "@/lib/deployments/past";
import type { StreamName } from "@/lib/deployments/read-stream";
import { attemptOf, inOrder } from "@/lib/deployments/window/read-attempts";
import type { DeploymentKind } from "@/lib/facts/types";

/** The part of a stream before a moment. */
export interface BeforeSeam extends StreamName {
  seam: Date;
}

export interface StoredEarlier extends EarlierDeployment {
  layer: string | null;
  layerBelow: string | null;
}

type Row = Selectable<DeploymentsTable> & {
  next: (Code & { at: string }) | null;
  awaiting: boolean;
};

/** Completed deployments before the seam, of those with these ids: a subquery or a list in SQL. */
export async function readEarlier(
  db: Kysely<Database>,
  before: BeforeSeam,
  ids: RawBuilder<unknown>,
): Promise<StoredEarlier[]> {
  const { rows } = await sql<Row>`
    select d.*, to_json(n) as next,
      d.failed and d.restored_at is null and d.remedies = '[]' as awaiting
    from deployments d
    left join lateral (
      select repository, revision, artifact, version, at from deployments n
      where n.service = d.service and n.environment = d.environment and n.completed
        and n.at >= d.at and n.at < ${before.seam} and (${inOrder("n")}) > (${inOrder("d")})
      order by ${inOrder("n")} limit 1
    ) n on true
    where ${isBefore(before)} and d.id in (${ids})`.execute(db);
  return rows.map((row) => {
    const attempt = attemptOf(row);
    return {
      attempt,
      kind: row.kind as DeploymentKind,
      failed: row.failed,
      awaiting: row.awaiting,
      ranUntil: row.next && !sameCode(attempt, row.next) ? Date.parse(row.next.at) : null,
      layer: row.layer,
      layerBelow: row.layer_below,
    };
  });
}

/** Whether `d` is a completed deployment of the stream from before the seam. */
export function isBefore({ service, environment, seam }: BeforeSeam): RawBuilder<boolean> {
  return sql<boolean>`d.service = ${service} and d.environment = ${environment}
    and d.completed and d.kind is not null and d.at < ${seam}`;
}

/** In SQL: the deployment that ran at the seam, the one whose revision was on top then, and failures that still await an answer. */
export function standingAt(before: BeforeSeam): RawBuilder<unknown> {
  return sql`
    with running as (
      select d.id, d.layer from deployments d where ${isBefore(before)}
      order by d.at desc, coalesce(d.started_at, d.at) desc, d.key collate "C" desc,
        d.id collate "C" desc
      limit 1
    )
    select id from running union all select layer from running
    union all
    select d.id from deployments d
    where ${isBefore(before)} and d.failed and d.restored_at is null and d.remedies = '[]'`;
}

/** In SQL: the deployments of these or like codes, whatever was told of them. */
export function running(codes: readonly Code[], { service }: BeforeSeam): RawBuilder<unknown> {
  const bare = codes.filter(({ revision }) => revision === null);
  const named = (of: readonly Code[], name: "revision" | "artifact" | "version") => sql`
    ${[...new Set(of.flatMap((code) => code[name] ?? []))]}::text[]`;
  return sql`
    select id from deployments where service = ${service} and revision = any(${named(codes, "revision")})
    union
    select id from deployments where service = ${service} and revision is null
      and (artifact = any(${named(codes, "artifact")}) or version = any(${named(codes, "version")}))
    union
    select id from deployments where service = ${service} and artifact = any(${named(bare, "artifact")})
    union
    select id from deployments where service = ${service} and version = any(${named(bare, "version")})`;
}

/** In SQL: the layers beneath a deployment's, so many. */
export function layersBelow(deployment: string, atMost: number): RawBuilder<unknown> {
  return sql`
    with recursive below as (
      select layer_below as id, 1 as depth from deployments where id = ${deployment}
      union all
      select d.layer_below, below.depth + 1 from below join deployments d on d.id = below.id
      where below.depth < ${atMost}
    )
    select id from below where id is not null`;
}
