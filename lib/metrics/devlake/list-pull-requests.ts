import { sql } from "kysely";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import type { listChanges } from "@/lib/deployments/list-changes";
import type { Page } from "@/lib/http/answers";
import { type Cursor, decodeCursor, foreignCursor, page } from "@/lib/http/cursor";
import type { ChangeAnswer } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";
import { countDays } from "@/lib/metrics/devlake/count-days";
import { leadTimeSeconds, leadTimeStages } from "@/lib/metrics/devlake/lead-time";
import { shippedPullRequests } from "@/lib/metrics/devlake/read-pull-requests";
import { scopeInReach } from "@/lib/metrics/scope-in-reach";

type ChangesQuestion = Parameters<typeof listChanges>[1];

/**
 * `listChanges` by DevLake's rules: the pull requests that its lead time is of, each as the
 * change that shipped it first in its project, newest first, with its three stages in
 * seconds. Throws `invalid_field` without `from`, and what its metrics throw.
 */
export async function listDevlakePullRequests(
  context: Context,
  filter: ChangesQuestion,
): Promise<Page<ChangeAnswer>> {
  const { service = [], team = [], environment = [] } = filter;
  const scope = await scopeInReach(context, {
    services: service,
    teams: team,
    environments: environment,
  });
  const window = windowOf(filter, context.clock.now());
  await countDays(context.db, scope, { ...window, timezone: "UTC" });
  const { rows } = await sql<Row>`
    select shipped.id, shipped.number, shipped.repository, shipped.revision,
      shipped.first_commit_at, shipped.opened_at, shipped.merged_at, shipped.at,
      d.id as deployment, d.service, d.team, d.environment, d.tier, d.version,
      c.message, c.author, c.authored_at
    from (${shippedPullRequests(scope, window)}) as shipped
    join deployments d on d.id = shipped.deployment_id
    left join commits c on c.repository = shipped.repository and c.revision = shipped.revision
    where ${sql.join(conditionsOf(filter), sql` and `)}
    order by shipped.at desc, d.id desc, shipped.id desc
    limit ${filter.limit + 1}`.execute(context.db);
  return page(rows, filter.limit, positionOf, answerOf);
}

interface Row {
  id: string;
  number: number;
  repository: string;
  revision: string;
  first_commit_at: Date | null;
  opened_at: Date | null;
  merged_at: Date;
  at: Date;
  deployment: string;
  service: string;
  team: string | null;
  environment: string;
  tier: string;
  version: string | null;
  message: string | null;
  author: string | null;
  authored_at: Date | null;
}

function windowOf({ from, to, figure }: ChangesQuestion, now: Date): { from: Date; to: Date } {
  if (!from)
    throw new Problem("invalid_field", "By DevLake's rules changes are listed of a window.", {
      field: "from",
      expected: "the time from which on they were deployed",
    });
  if (figure && figure !== "lead_time")
    throw new Problem("invalid_field", "DevLake has no rule for this figure.", {
      field: "figure",
      expected: "lead_time",
    });
  return { from, to: to ?? now };
}

function conditionsOf({ tier, repository, cursor }: ChangesQuestion) {
  return [
    sql<boolean>`true`,
    ...(tier ? [sql<boolean>`d.tier = any(${tier}::text[])`] : []),
    ...(repository ? [sql<boolean>`shipped.repository = any(${repository}::text[])`] : []),
    ...(cursor ? [after(decodeCursor(cursor))] : []),
  ];
}

/** A row's key has two parts, neither of which may hold the sign between them. */
function positionOf({ at, deployment, id }: Row): Cursor {
  return { at, id: [deployment, id].map(encodeURIComponent).join("/") };
}

function after({ at, id }: Cursor) {
  const [deployment = "", pullRequest, ...more] = id.split("/");
  if (pullRequest === undefined || more.length > 0) throw foreignCursor();
  return sql<boolean>`(shipped.at, d.id, shipped.id)
    < (${at}, ${decoded(deployment)}, ${decoded(pullRequest)})`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw foreignCursor();
  }
}

function answerOf(row: Row): ChangeAnswer {
  const pullRequest = {
    firstCommitAt: row.first_commit_at,
    openedAt: row.opened_at,
    mergedAt: row.merged_at,
    finishedAt: row.at,
  };
  const { coding, review, deploy } = leadTimeStages(pullRequest);
  const { revision, repository, message, author, service, team, environment, tier } = row;
  return {
    ...{ revision, repository, message, author, service, team, environment, tier },
    authoredAt: iso(row.authored_at),
    firstAuthoredAt: iso(row.first_commit_at),
    pullRequest: row.number,
    deployment: row.deployment,
    version: row.version,
    finishedAt: row.at.toISOString(),
    leadTimeSeconds: leadTimeSeconds(pullRequest),
    codingSeconds: coding,
    pickupSeconds: null,
    reviewSeconds: review,
    mergeToDeploySeconds: deploy,
    deploySeconds: null,
    anomaly: false,
    reasons: [
      `pull request #${row.number}: its project's first successful production deployment with it`,
      ...(coding === null ? ["its first commit is unknown, and left out of the sum"] : []),
    ],
  };
}
