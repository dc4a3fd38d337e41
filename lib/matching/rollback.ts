import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { SuspectsAnswer } from "@/lib/http/answers";

type Rollback = NonNullable<SuspectsAnswer["rollback"]>;

/**
 * What to go back to from a deployment: the latest success before it in its
 * stream that brought another revision and did not fail; null where there is none.
 */
export async function readRollback(
  db: Kysely<Database>,
  deploymentId: string,
): Promise<Rollback | null> {
  const { rows } = await sql<Target>`
    select before.id, before.revision, before.version, before.repository, before.environment,
      before.service, before.source
    from deployments guilty
    cross join lateral (
      select * from deployments d
      where d.service = guilty.service and d.environment = guilty.environment
        and d.status = 'succeeded' and not d.failed and not d.withdrawn
        and (d.at, d.id) < (guilty.at, guilty.id)
        and coalesce(d.revision, d.version, d.id)
          is distinct from coalesce(guilty.revision, guilty.version, guilty.id)
      order by d.at desc, d.id desc limit 1
    ) as before
    where guilty.id = (
      select deployment_id from deployment_reports where id = ${deploymentId})`.execute(db);
  const [target] = rows;
  if (!target) return null;
  return {
    to: target.id,
    revision: target.revision,
    version: target.version,
    command: rollbackCommand(target),
  };
}

interface Target {
  id: string;
  revision: string | null;
  version: string | null;
  repository: string | null;
  environment: string;
  service: string;
  source: string;
}

/** A line to paste: GitHub's deployment API where the repository and revision are known, else kubectl. */
export function rollbackCommand(target: Omit<Target, "id" | "source">): string {
  const { repository, revision, environment, service } = target;
  if (repository?.includes("/") && revision)
    return [
      `gh api repos/${quote(repository)}/deployments`,
      `-f ref=${quote(revision)}`,
      `-f environment=${quote(environment)}`,
      "-f task=rollback -F auto_merge=false -f 'required_contexts[]'",
    ].join(" ");
  return `kubectl rollout undo deployment/${quote(service)} --namespace ${quote(environment)}`;
}

/** Names come from outside: what a shell would read as more than a word is quoted. */
function quote(word: string): string {
  return /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
