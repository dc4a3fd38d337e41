import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { Problem } from "@/lib/http/problem";
import type { CountedDay } from "@/lib/metrics/devlake/figures";
import { type DevlakeScope, deployedIn } from "@/lib/metrics/devlake/project";
import type { Window } from "@/lib/metrics/devlake/read-pull-requests";

/** Rows are read one by one for these rules: of so many deployments in bounded time. */
const deploymentsAtMost = 100_000;

/**
 * The successful production deployments of a window by calendar days of the zone. Throws
 * `range_too_large` above 100,000 of them.
 */
export async function countDays(
  db: Kysely<Database>,
  scope: DevlakeScope,
  { from, to, timezone }: Window & { timezone: string },
): Promise<CountedDay[]> {
  const { rows } = await sql<CountedDay>`
    select (d.at at time zone ${timezone})::date::text as day, count(*) as deployments
    from deployments d
    where ${deployedIn(scope)} and d.at >= ${from} and d.at < ${to}
    group by 1`.execute(db);
  if (rows.reduce((sum, { deployments }) => sum + deployments, 0) > deploymentsAtMost)
    throw new Problem(
      "range_too_large",
      `By DevLake's rules at most ${deploymentsAtMost} deployments are answered at once.`,
      {
        field: "from",
        expected: "a shorter window, or fewer services or teams",
        limit: deploymentsAtMost,
      },
    );
  return rows;
}
