import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Config } from "@/lib/config";
import { providerKey } from "@/lib/deployments/deployment-answer";
import { joinRamps } from "@/lib/matching/candidates";
import type { Candidate, Relation } from "@/lib/matching/types";
import { releaseLabel } from "@/lib/series/read-markers";

const lookBackMilliseconds = 24 * 3_600_000;
/** A change may be told as starting a moment after the alert that it caused. */
const afterMilliseconds = 90_000;
const candidatesAtMost = 200;

export interface CandidateQuestion {
  service: string;
  environment: string | null;
  firstSignAt: Date;
  /** Only what had begun by then is known. */
  assessedAt: Date;
}

/**
 * Every change event of the look-back (24 hours): the service's own, and its
 * direct dependencies' and dependents', in the same environment or, where the
 * incident names none, in any.
 */
export async function readCandidates(
  db: Kysely<Database>,
  config: Config,
  question: CandidateQuestion,
): Promise<Candidate[]> {
  const relations = relationsOf(config, question.service);
  const [deployments, releases] = await Promise.all([
    deploymentCandidates(db, question, relations),
    releaseCandidates(db, question, relations),
  ]);
  return joinRamps([...deployments, ...releases]);
}

/** The service itself and its neighbours, by name. */
export function relationsOf(config: Config, service: string): Map<string, Relation> {
  const relations = new Map<string, Relation>();
  for (const rule of config.services) {
    if (rule.dependsOn.includes(service)) relations.set(rule.name, "dependent");
  }
  for (const name of config.services.find((rule) => rule.name === service)?.dependsOn ?? [])
    relations.set(name, "dependency");
  relations.set(service, "same");
  return relations;
}

function windowOf(question: CandidateQuestion) {
  const latest = Math.min(
    question.firstSignAt.getTime() + afterMilliseconds,
    question.assessedAt.getTime(),
  );
  return {
    from: new Date(question.firstSignAt.getTime() - lookBackMilliseconds),
    to: new Date(latest),
  };
}

async function deploymentCandidates(
  db: Kysely<Database>,
  question: CandidateQuestion,
  relations: Map<string, Relation>,
): Promise<Candidate[]> {
  const { from, to } = windowOf(question);
  const { rows } = await sql<{
    id: string;
    service: string;
    sources: { source: string; key: string }[];
    began: Date;
    finished_at: Date | null;
    steps: { percent: number; at: string }[];
    version: string | null;
    revision: string | null;
    kind: string | null;
    status: string;
  }>`
    select id, service, ${sourcesOf}, coalesce(started_at, queued_at, at) as began, finished_at,
      steps, version, revision, kind, status
    from deployments
    where service = any(${[...relations.keys()]}::text[])
      and (${question.environment}::text is null or environment = ${question.environment})
      and at >= ${from} and coalesce(started_at, queued_at, at) <= ${to}
      and status <> 'queued'
    order by began desc, id desc limit ${candidatesAtMost}`.execute(db);
  return rows.map((row) => ({
    kind: "deployment",
    id: row.id,
    service: row.service,
    relation: relations.get(row.service) ?? "same",
    startedAt: row.began.getTime(),
    finishedAt: row.finished_at?.getTime() ?? null,
    steps: row.steps.map((step) => ({ percent: step.percent, at: Date.parse(step.at) })),
    label: `${row.service} ${row.version ?? row.revision?.slice(0, 7) ?? row.status}`,
    class: row.kind,
    status: row.status,
    version: row.version ?? row.revision,
    flag: null,
    sources: row.sources.map(({ source, key }) => ({ source, key: providerKey(source, key) })),
  }));
}

const sourcesOf = sql`(
  select coalesce(json_agg(json_build_object('source', r.source, 'key', r.key)
    order by array_position(deployments.members, r.id)), '[]')
  from deployment_reports r where r.deployment_id = deployments.id) as sources`;

async function releaseCandidates(
  db: Kysely<Database>,
  question: CandidateQuestion,
  relations: Map<string, Relation>,
): Promise<Candidate[]> {
  const { from, to } = windowOf(question);
  const rows = await db
    .selectFrom("releases")
    .selectAll()
    .where("service", "in", [...relations.keys()])
    .where((where) =>
      question.environment === null
        ? where.lit(true)
        : where("environment", "=", question.environment),
    )
    .where("at", ">=", from)
    .where("at", "<=", to)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(candidatesAtMost)
    .execute();
  return rows.map((row) => ({
    kind: "release",
    id: row.id,
    service: row.service,
    relation: relations.get(row.service) ?? "same",
    startedAt: row.at.getTime(),
    finishedAt: row.at.getTime(),
    steps: [{ percent: row.percent ?? (row.enabled === false ? 0 : 100), at: row.at.getTime() }],
    label: `${row.service} ${releaseLabel(row)}`,
    class: row.subject,
    status: "succeeded",
    version: row.version,
    flag: row.flag,
    sources: [{ source: row.source, key: providerKey(row.source, row.key) }],
  }));
}
