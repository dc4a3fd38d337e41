import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

/**
 * Two for each deployment: one of main, one of the branch before it. One in ten takes
 * more than ten minutes; of main's one in fifty fails, and is green again by the next.
 */
export async function fillBuilds(db: Kysely<Database>): Promise<void> {
  await sql`
    insert into builds (id, source, key, repository, branch, revision, name, status, started_at,
      finished_at, default_branch)
    select md5('build' || id || main), 'bench', 'bench/b' || id || main, repository,
      case when main then 'main' else 'change-' || revision end,
      case when main then revision else md5(revision) end, 'ci',
      case when random() < case when main then 0.02 else 0.1 end then 'failed' else 'succeeded' end,
      finish - exp(random_normal(5.7, 0.5)) * interval '1 second', finish, main
    from (
      select d.id, d.repository, d.revision, main,
        d.at - case when main then interval '10 minutes' else interval '90 minutes' end as finish
      from deployments d cross join (values (true), (false)) as branches (main)
      order by finish
    ) as made`.execute(db);
  await sql`
    insert into main_branches (repository, branch, dirty_from, marked)
    select distinct repository, 'main', timestamptz 'epoch', 1 from builds
    on conflict do nothing`.execute(db);
}
