import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { serviceWithin, type Within } from "@/lib/auth/reach";
import type { DeploymentAnswer } from "@/lib/http/answers";

/** How lib/deployments/reasons quotes an incident. */
const quoted = /(the cause of|names the incident) “(.*)”$/s;

/**
 * Deployments may have failed by an incident of another service. Where that
 * lies outside of a token's reach, neither its id nor its title is told; that the
 * deployment failed is.
 */
export async function withoutOutsideIncidents(
  db: Kysely<Database>,
  within: Within | null,
  answers: DeploymentAnswer[],
): Promise<DeploymentAnswer[]> {
  if (within === null) return answers;
  const ids = answers.flatMap(({ failure }) => failure?.incident ?? []);
  const titles = answers.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => titleIn(reason) ?? []),
  );
  if (ids.length + titles.length === 0) return answers;
  const known = await db
    .selectFrom("incidents")
    .select(["id", "title"])
    .where(serviceWithin(within))
    .where((where) =>
      where.or([
        where("id", "in", ids.length > 0 ? ids : [""]),
        where("title", "in", titles.length > 0 ? titles : [""]),
      ]),
    )
    .execute();
  const knownIds = new Set(known.map(({ id }) => id));
  const knownTitles = new Set(known.map(({ title }) => title));
  return answers.map((answer) => ({
    ...answer,
    failure: answer.failure && {
      ...answer.failure,
      incident: knownIds.has(answer.failure.incident ?? "") ? answer.failure.incident : null,
    },
    reasons: answer.reasons.map((reason) => untitled(reason, knownTitles)),
  }));
}

function titleIn(reason: string): string | null {
  return quoted.exec(reason)?.[2] ?? null;
}

function untitled(reason: string, known: ReadonlySet<string>): string {
  const title = titleIn(reason);
  if (title === null || known.has(title)) return reason;
  return reason.replace(quoted, (_, before: string) =>
    before === "the cause of" ? "the cause of an incident" : "names its incident",
  );
}
