import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "@/db/schema";
import { stageRows } from "@/lib/metrics/count-stages";
import { failed } from "@/lib/metrics/rows-behind";
import {
  type Counted,
  type CountQuestion,
  groupOf,
  inScope,
  inSpans,
  namesOf,
} from "@/lib/metrics/scope";
import { stageNames } from "@/lib/metrics/stages";

/** Histograms as cells keep them (see histogram.ts), one text for each of a part's durations. */
type Texts = string[];

/** Of lead times and of recoveries, in the fine resolution. */
export function countHistograms(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<Counted<Texts>> {
  const { scope, spans } = question;
  const name = groupOf(question);
  const leadTimes = inSpans(
    spans,
    "finished_at",
    (i, isInside) => sql`
      select ${name} as name, ${i} as i, 1 as part, log_bracket(lead_seconds) as bracket
      from deployment_changes
      where ${inScope(scope)} and lead_seconds is not null and ${isInside}`,
  );
  const recoveries = inSpans(
    spans,
    "at",
    (i, isInside) => sql`
      select ${name} as name, ${i} as i, 2 as part, log_bracket(recovery_seconds) as bracket
      from deployments
      where ${inScope(scope)} and ${failed} and restored_at is not null
        and recovery_seconds is not null and ${isInside}`,
  );
  const durations = sql`(${leadTimes} union all ${recoveries}) as durations`;
  return countTexts(db, question, durations, 2);
}

/** Of every stage, in the coarse resolution: eight fine brackets are one. */
export function countStageHistograms(
  db: Kysely<Database>,
  question: CountQuestion,
): Promise<Counted<Texts>> {
  const durations = sql`(
    select name, i, stage as part, log_bracket(seconds) >> 3 as bracket
    from ${stageRows(question)}) as durations`;
  return countTexts(db, question, durations, stageNames.length);
}

async function countTexts(
  db: Kysely<Database>,
  question: CountQuestion,
  durations: RawBuilder<unknown>,
  parts: number,
): Promise<Counted<Texts>> {
  const texts = new Map(
    namesOf(question).map((name) => [
      name,
      question.spans.map(() => Array.from({ length: parts }, () => "")),
    ]),
  );
  if (question.spans.length === 0) return texts;
  const { rows } = await sql<{ name: string; i: number; part: number; text: string }>`
    select name, i, part, string_agg(gap || ',' || n, ';' order by bracket) as text
    from (
      select name, i, part, bracket, n,
        bracket - lag(bracket, 1, 0) over (partition by name, i, part order by bracket) as gap
      from (
        select name, i, part, bracket, count(*) as n from ${durations} group by 1, 2, 3, 4
      ) as brackets
    ) as gaps
    group by name, i, part`.execute(db);
  for (const { name, i, part, text } of rows) {
    const counted = texts.get(name)?.[i - 1];
    if (counted) counted[part - 1] = text;
  }
  return texts;
}
