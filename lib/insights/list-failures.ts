import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { type DeploymentRow, deploymentAnswer } from "@/lib/deployments/deployment-answer";
import { withoutOutsideIncidents } from "@/lib/deployments/outside-incidents";
import { noEvidence } from "@/lib/deployments/read-evidence";
import type { DeploymentAnswer, Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { FailureAnswer } from "@/lib/http/insight-answers";
import { failuresOf, type InsightQuestion } from "@/lib/insights/rows";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

export interface FailureFilter extends InsightQuestion {
  /** `open`: nothing has held yet. */
  heldBy?: (NonNullable<FailureAnswer["heldBy"]> | "open")[];
  cursor?: string;
  limit: number;
}

/** The failures that the figures count, newest first, each with its remedies in the order tried. */
export async function listFailures(
  context: Context,
  asked: FailureFilter,
): Promise<Page<FailureAnswer>> {
  const filter = { ...asked, scope: await scopeInReach(context, asked.scope) };
  const rows = await selectPage(context.db, filter);
  const shown = page(
    rows,
    filter.limit,
    (row) => row,
    (row) => row,
  );
  const answers = await withoutOutsideIncidents(
    context.db,
    reachOf(context),
    shown.items.map((row) => deploymentAnswer(row, [], null, noEvidence)),
  );
  const labels = await labelsOf(context.db, answers);
  return {
    items: shown.items.flatMap((row, index) => {
      const answer = answers[index];
      return answer?.failure ? [failureOf(answer, answer.failure, row.at, labels)] : [];
    }),
    nextCursor: shown.nextCursor,
  };
}

function selectPage(db: Kysely<Database>, filter: FailureFilter): Promise<DeploymentRow[]> {
  let query = db.selectFrom("deployments").selectAll().where(failuresOf(filter));
  const { heldBy } = filter;
  if (heldBy)
    query = query.where((where) =>
      where.or([
        where(
          sql<boolean>`held_by = any(${heldBy.filter((kind) => kind !== "open")}::text[])`,
          "=",
          true,
        ),
        ...(heldBy.includes("open") ? [where("restored_at", "is", null)] : []),
      ]),
    );
  if (filter.cursor) query = query.where(olderThan(decodeCursor(filter.cursor)));
  return query
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(filter.limit + 1)
    .execute();
}

/** What incidents, remedying deployments and flags are called, by their ids. */
interface Labels {
  incidents: ReadonlyMap<string, string | null>;
  remedies: ReadonlyMap<string, string | null>;
}

async function labelsOf(
  db: Kysely<Database>,
  answers: readonly DeploymentAnswer[],
): Promise<Labels> {
  const failures = answers.flatMap(({ failure }) => failure ?? []);
  const remedies = failures.flatMap((failure) => failure.remedies);
  const incidents = failures.flatMap(({ incident }) => incident ?? []);
  const deployments = remedies.flatMap(({ deployment }) => deployment ?? []);
  const releases = remedies.flatMap(({ release }) => release ?? []);
  const { rows } = await sql<{ id: string; noun: string; label: string | null }>`
    select id, 'incident' as noun, title as label from incidents
      where id = any(${incidents}::text[])
    union all select id, 'remedy', coalesce(version, left(revision, 7)) from deployments
      where id = any(${deployments}::text[])
    union all select id, 'remedy', coalesce(flag, title) from releases
      where id = any(${releases}::text[])`.execute(db);
  const ofNoun = (noun: string) =>
    new Map(rows.flatMap((row) => (row.noun === noun ? [[row.id, row.label] as const] : [])));
  return { incidents: ofNoun("incident"), remedies: ofNoun("remedy") };
}

function failureOf(
  answer: DeploymentAnswer,
  failure: NonNullable<DeploymentAnswer["failure"]>,
  at: Date,
  { incidents, remedies }: Labels,
): FailureAnswer {
  const { id, service, team, environment, version, revision, kind, url, reasons } = answer;
  const { reason, incident, restoredAt, recoverySeconds, heldBy } = failure;
  return {
    ...{ id, service, team, environment, version, revision, kind, url, reasons },
    at: at.toISOString(),
    ...{ reason, restoredAt, recoverySeconds, heldBy },
    incident:
      incident === null ? null : { id: incident, title: incidents.get(incident) ?? incident },
    remedies: failure.remedies.map((remedy) => ({
      ...remedy,
      label: remedies.get(remedy.deployment ?? remedy.release ?? "") ?? null,
    })),
  };
}
