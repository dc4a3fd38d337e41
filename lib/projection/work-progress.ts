import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { announce } from "@/lib/live/announce";

/** Work over all of history: a rebuild, changed rules being applied, or a source being replayed. */
export type Work = "rebuild" | "rules" | "replay";

export interface Progress {
  phase: "reading" | "facts" | "deriving";
  /** Of the phase: deliveries read, facts made or placed, streams derived. */
  done: number;
  total: number;
}

/** Keeps how far the work has come, for people to see, with what it goes on by. */
export async function saveProgress(
  db: Kysely<Database>,
  work: Work,
  progress: Progress & { place?: Record<string, unknown> },
): Promise<void> {
  const { phase, done, total, place = {} } = progress;
  await sql`
    insert into work_progress (work, phase, done, total, place, started_at, updated_at)
    values (${work}, ${phase}, ${done}, ${total}, ${JSON.stringify(place)}, clock_timestamp(), clock_timestamp())
    on conflict (work) do update
    set phase = excluded.phase, done = excluded.done, total = excluded.total, place = excluded.place,
      updated_at = excluded.updated_at`.execute(db);
  await announce(db, "work", { id: work });
}

export async function endProgress(db: Kysely<Database>, work: Work): Promise<void> {
  await db.deleteFrom("work_progress").where("work", "=", work).execute();
  await announce(db, "work", { id: work });
}
