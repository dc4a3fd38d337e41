import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { serviceWithin, type Within } from "@/lib/auth/reach";
import type { IncidentAnswer } from "@/lib/http/answers";

type Told = Pick<IncidentAnswer, "verdict"> & { cause?: IncidentAnswer["cause"] };

/**
 * Another service's change may have caused an incident. Where that lies outside
 * of a token's reach it is left out of the verdict, and no cause is told.
 */
export async function withoutOutsideChanges<Answer extends Told>(
  db: Kysely<Database>,
  within: Within | null,
  answers: Answer[],
): Promise<Answer[]> {
  if (within === null) return answers;
  const named = answers.flatMap(({ verdict, cause }) => [
    ...(verdict ? [...verdict.changes, ...verdict.rejected] : []),
    ...(cause ? [cause] : []),
  ]);
  const inside = await changesWithin(
    db,
    within,
    named.map(({ id }) => id),
  );
  const isInside = ({ id }: { id: string }) => inside.has(id);
  return answers.map((answer) => ({
    ...answer,
    verdict: answer.verdict && {
      ...answer.verdict,
      changes: answer.verdict.changes.filter(isInside),
      rejected: answer.verdict.rejected.filter(isInside),
    },
    ...(answer.cause && !isInside(answer.cause) && { cause: null }),
  }));
}

/** Which of these deployments and releases a token reaches. */
async function changesWithin(
  db: Kysely<Database>,
  within: Within,
  ids: string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("deployment_reports")
    .select("id")
    .where("id", "in", ids)
    .where(serviceWithin(within))
    .union(
      db.selectFrom("releases").select("id").where("id", "in", ids).where(serviceWithin(within)),
    )
    .execute();
  return new Set(rows.map(({ id }) => id));
}
