import { type Kysely, sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";

/** A judgement that is asked for; `asked` and `tries` as they were when it was read. */
export interface AwaitedJudgement {
  occasion: string;
  asked: number;
  tries: number;
}

/** An incident that stands stays until the end of the transaction; false where it is gone. */
export async function holdIncident(trx: Transaction<Database>, incident: string): Promise<boolean> {
  const { rows } = await sql`
    select from incidents where id = ${incident} for key share`.execute(trx);
  return rows.length > 0;
}

/** What was judged is awaited no more, unless it was asked for once more meanwhile. */
export async function endAwaiting(
  trx: Transaction<Database>,
  incident: string,
  judged: readonly AwaitedJudgement[],
): Promise<void> {
  await sql`
    delete from awaited_judgements a
    using jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) as judged (occasion text, asked integer)
    where a.incident_id = ${incident} and a.occasion = judged.occasion and a.asked = judged.asked`.execute(
    trx,
  );
}

/** Asks for judgements of an incident that come later than now. */
export async function awaitLater(
  trx: Transaction<Database>,
  incident: string,
  later: readonly { occasion: string; dueAt: Date }[],
): Promise<void> {
  await trx
    .insertInto("awaited_judgements")
    .values(
      later.map(({ occasion, dueAt }) => ({ incident_id: incident, occasion, due_at: dueAt })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const firstPauseSeconds = 5;
const longestPauseSeconds = 3_600;

/** Judging failed: tried again after five seconds, then twice as long each time, up to an hour. */
export async function putOff(
  db: Kysely<Database>,
  incident: string,
  awaited: readonly AwaitedJudgement[],
  now: Date,
): Promise<void> {
  await sql`
    update awaited_judgements a
    set tries = a.tries + 1,
      due_at = ${now}::timestamptz
        + least(${firstPauseSeconds} * power(2, least(a.tries, 30)), ${longestPauseSeconds}) * interval '1 second'
    from jsonb_to_recordset(${JSON.stringify(awaited)}::jsonb) as tried (occasion text, asked integer)
    where a.incident_id = ${incident} and a.occasion = tried.occasion and a.asked = tried.asked`.execute(
    db,
  );
}
