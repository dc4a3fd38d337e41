import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Span } from "@/lib/metrics/buckets";
import { type AttemptSums, attemptSums, attempts } from "@/lib/metrics/count-deployments";
import { countReleases } from "@/lib/metrics/count-releases";
import { countTried } from "@/lib/metrics/count-tried";
import { inScope, inSpans, type MetricScope } from "@/lib/metrics/scope";
import { leadStageColumns, recoveryStageColumns } from "@/lib/metrics/stages";
import { type Counts, noCounts } from "@/lib/metrics/tally";

/**
 * What lies in a part of one calendar day: its counts without days, and the brackets of
 * its durations (see histogram.ts) one by one, parted by commas.
 */
export interface Edge {
  counts: Counts;
  leadTimes: string;
  recoveries: string;
  /** In the order of `stageNames`; empty where they were not wanted. */
  stages: { lead: string[]; recovery: string[] };
}

/** Counts the cut edges of windows from rows, each table in one pass; each span lies within one day. */
export async function countEdges(
  db: Kysely<Database>,
  scope: MetricScope,
  spans: readonly Span[],
  withStages: boolean,
): Promise<Edge[]> {
  const edges = spans.map(emptyEdge);
  if (spans.length === 0) return edges;
  const question = { scope, by: "all", spans } as const;
  for (const { i, leadTimes, anomalies, brackets, stages } of await readLeads(
    db,
    scope,
    spans,
    withStages,
  ))
    fill(edges[i - 1], { leadTimes, anomalies }, { leadTimes: brackets, lead: stages });
  for (const { i, brackets, stages, ...counts } of await readDeployments(
    db,
    scope,
    spans,
    withStages,
  ))
    fill(edges[i - 1], counts, { recoveries: brackets, recovery: stages });
  const others = [...(await countTried(db, question)), ...(await countReleases(db, question))];
  for (const { i, counts } of others) fill(edges[i - 1], counts ?? {}, {});
  return edges;
}

export function emptyEdge(): Edge {
  return {
    counts: noCounts(),
    leadTimes: "",
    recoveries: "",
    stages: { lead: [], recovery: [] },
  };
}

type Texts = (string | null)[] | null;

interface Brackets {
  leadTimes?: string | null;
  recoveries?: string | null;
  lead?: Texts;
  recovery?: Texts;
}

function fill(edge: Edge | undefined, counts: Partial<Counts>, told: Brackets): void {
  if (!edge) return;
  Object.assign(edge.counts, counts);
  edge.leadTimes ||= told.leadTimes ?? "";
  edge.recoveries ||= told.recoveries ?? "";
  if (told.lead) edge.stages.lead = told.lead.map((text) => text ?? "");
  if (told.recovery) edge.stages.recovery = told.recovery.map((text) => text ?? "");
}

type LeadRow = {
  i: number;
  leadTimes: number;
  anomalies: number;
  brackets: string | null;
  stages: Texts;
};

async function readLeads(
  db: Kysely<Database>,
  scope: MetricScope,
  spans: readonly Span[],
  withStages: boolean,
): Promise<LeadRow[]> {
  const columns = withStages ? leadStageColumns : [];
  const { rows } = await sql<LeadRow>`
    select i, count(lead_seconds) as "leadTimes", count(*) filter (where anomaly) as anomalies,
      ${bracketsOf("lead_seconds")} as brackets,
      ${stagesOf(columns, sql`lead_seconds is not null`)} as stages
    from ${inSpans(
      spans,
      "finished_at",
      (i, isInside) => sql`
        select ${i} as i, ${sql.join(["lead_seconds", "anomaly", ...columns].map((name) => sql.ref(name)))}
        from deployment_changes where ${inScope(scope)} and ${isInside}`,
    )} as c
    group by i`.execute(db);
  return rows;
}

type DeploymentRow = { i: number; brackets: string | null; stages: Texts } & AttemptSums;

async function readDeployments(
  db: Kysely<Database>,
  scope: MetricScope,
  spans: readonly Span[],
  withStages: boolean,
): Promise<DeploymentRow[]> {
  const columns = withStages ? recoveryStageColumns : [];
  const isRestored = sql`failed and restored_at is not null`;
  const more = columns.map((name) => sql.ref(name));
  const { rows } = await sql<DeploymentRow>`
    select i, ${attemptSums},
      ${bracketsOf("recovery_seconds", isRestored)} as brackets,
      ${stagesOf(columns, isRestored)} as stages
    from ${inSpans(spans, "at", (i, isInside) => attempts(scope, isInside, [sql`${i} as i`, ...more]))} as d
    group by i`.execute(db);
  return rows;
}

function bracketsOf(column: string, condition: RawBuilder<unknown> = sql`true`) {
  const seconds = sql.ref(column);
  return sql`string_agg(log_bracket(${seconds})::text, ',')
    filter (where ${condition} and ${seconds} is not null)`;
}

/** In the coarse resolution: eight fine brackets are one. */
function stagesOf(columns: readonly string[], condition: RawBuilder<unknown>) {
  if (columns.length === 0) return sql`null::text[]`;
  const stages = columns.map((column) => {
    const seconds = sql.ref(column);
    return sql`string_agg((log_bracket(${seconds}) >> 3)::text, ',')
      filter (where ${condition} and ${seconds} is not null)`;
  });
  return sql`array[${sql.join(stages)}]`;
}
