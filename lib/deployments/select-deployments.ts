import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import { serviceWithin, type Within } from "@/lib/auth/reach";
import type { DeploymentRow } from "@/lib/deployments/deployment-answer";
import { type BatchClass, inBatchClass } from "@/lib/insights/batch-rows";
import {
  type DeploymentFigure,
  deploymentsOf,
  triedBy,
  triedFigures,
} from "@/lib/metrics/rows-behind";

export interface DeploymentFilter {
  service?: string[];
  environment?: string[];
  team?: string[];
  tier?: string[];
  kind?: string[];
  status?: string[];
  /** Failed deployments, failed attempts not included. */
  failed?: boolean;
  withdrawn?: boolean;
  author?: string[];
  /** Deployments that are counted: completed, other than rollbacks and redeploys. */
  counted?: boolean;
  rework?: boolean;
  /** A person's word on its class stands. */
  corrected?: boolean;
  /** Exactly the rows behind one number of the metrics. */
  figure?: DeploymentFigure;
  /** Those that a class of the batch insight counts (`inBatchClass`), the unknown ones apart. */
  changes?: BatchClass | "unknown";
  lines?: BatchClass;
  branchAge?: BatchClass;
  /** An exact version or the beginning of a revision. */
  search?: string;
  from?: Date;
  to?: Date;
}

type Rows = SelectQueryBuilder<Database, "deployments", DeploymentRow>;

/** The deployments that a filter holds, within an actor's reach. */
export function selectDeployments(
  db: Kysely<Database>,
  filter: DeploymentFilter,
  within: Within | null,
): Rows {
  const place = placeOf(filter);
  const reached = within ? sql<boolean>`${place} and ${serviceWithin(within)}` : place;
  let query = db.selectFrom("deployments").selectAll();
  if (within) query = query.where(serviceWithin(within));
  if (filter.kind) query = query.where("kind", "in", filter.kind);
  if (filter.status) query = query.where("status", "in", filter.status);
  if (filter.author) query = query.where("author", "in", filter.author);
  if (filter.failed !== undefined) query = query.where("failed", "=", filter.failed);
  if (filter.withdrawn !== undefined) query = query.where("withdrawn", "=", filter.withdrawn);
  if (filter.rework !== undefined) query = query.where("rework", "=", filter.rework);
  if (filter.counted !== undefined) query = query.where(counted, "=", filter.counted);
  if (filter.corrected !== undefined) query = query.where(corrected, "=", filter.corrected);
  if (filter.search) query = query.where(named(filter.search));
  for (const measure of ["changes", "lines", "branchAge"] as const) {
    const wanted = filter[measure];
    if (wanted) query = query.where(inBatchClass(measure, wanted, reached));
  }
  const { figure } = filter;
  if (figure === undefined) return query.where(place);
  const behind = deploymentsOf(figure);
  if (behind) return query.where(place).where(behind);
  // A remedy may come after the window: window and place are those of the failures it was tried for.
  const kind = triedFigures[figure as keyof typeof triedFigures];
  return query.where(sql<boolean>`id in ${triedBy(kind, place)}`);
}

/** Where and when, as a condition on `deployments`. */
export function placeOf(
  filter: Pick<DeploymentFilter, "service" | "environment" | "team" | "tier" | "from" | "to">,
): RawBuilder<boolean> {
  const conditions = (["service", "environment", "team", "tier"] as const).flatMap((column) => {
    const names = filter[column];
    if (!names) return [];
    // One name alone lets an index by (name, time) give the rows in their order.
    const [only] = names;
    return names.length === 1 && only !== undefined
      ? [sql<boolean>`${sql.ref(column)} = ${only}`]
      : [sql<boolean>`${sql.ref(column)} = any(${names}::text[])`];
  });
  if (filter.from) conditions.push(sql<boolean>`at >= ${filter.from}`);
  if (filter.to) conditions.push(sql<boolean>`at < ${filter.to}`);
  return conditions.length === 0 ? sql<boolean>`true` : sql`${sql.join(conditions, sql` and `)}`;
}

const counted = sql<boolean>`(completed and counted and kind not in ('rollback', 'redeploy'))`;

/** By the latest word on any of its reports. */
const corrected = sql<boolean>`coalesce((
  select c.kind is not null or c.failed is not null from corrections c
  where c.deployment_id = any(deployments.members)
  order by c.at desc, c.deployment_id limit 1), false)`;

function named(search: string): RawBuilder<boolean> {
  return sql<boolean>`(version = ${search} or starts_with(revision, ${search}))`;
}
