import { type RawBuilder, sql } from "kysely";

/**
 * Conditions on the tables `builds` and `test_runs` that the figures and the lists
 * behind them share, so that a number opens to exactly its rows. Each `offset 0` keeps
 * Postgres looking up the few rows in question: without it, it hashes the whole table.
 */

/** Ended, and no commit status or check that stands in for a run that is known itself. */
export const isCountedBuild = sql<boolean>`(
  builds.status in ('succeeded', 'failed', 'canceled')
  and (not builds.fallback or not exists (
    select from builds as run
    where run.repository = builds.repository and run.revision = builds.revision and not run.fallback offset 0)))`;

/** It failed, and the same build of the same revision succeeded later: nothing but luck had changed. */
export const isFlakyBuild = sql<boolean>`(
  builds.status = 'failed' and exists (
    select from builds as later
    where later.repository = builds.repository and later.revision = builds.revision
      and later.name = builds.name and later.status = 'succeeded' and later.at > builds.at offset 0))`;

export const isCountedRun = sql<boolean>`(test_runs.status in ('succeeded', 'failed'))`;

/** It reports flaky cases, or failed before the same suite succeeded on the same revision. */
export const isFlakyRun = sql<boolean>`(
  coalesce(test_runs.flaky, 0) > 0
  or test_runs.status = 'failed' and exists (
    select from test_runs as later
    where later.repository = test_runs.repository and later.revision = test_runs.revision
      and later.name is not distinct from test_runs.name
      and later.status = 'succeeded' and later.at > test_runs.at offset 0))`;

/** A condition as a filter of a list: it, or its opposite. */
export function is(condition: RawBuilder<boolean>, wanted: boolean) {
  return wanted ? condition : sql<boolean>`not ${condition}`;
}
