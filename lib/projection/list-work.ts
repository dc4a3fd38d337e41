import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import type { WorkAnswer } from "@/lib/http/work-answers";

const silentMilliseconds = 120_000;

/** The work over all of history that goes on just now: how far a rebuild is, changed rules are, or a replay. */
export async function listWork(context: Context): Promise<{ items: WorkAnswer[] }> {
  authorise(context, "read");
  const { db, clock } = context;
  const rows = await db
    .selectFrom("work_progress")
    .select(["work", "phase", "done", "total", "place", "started_at", "updated_at"])
    .orderBy("work")
    .execute();
  const now = clock.now().getTime();
  return {
    items: rows.map((row) => ({
      work: row.work as WorkAnswer["work"],
      source: row.work === "replay" ? String(row.place.source) : null,
      phase: row.phase as WorkAnswer["phase"],
      done: row.done,
      total: row.total,
      startedAt: row.started_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
      running: now - row.updated_at.getTime() < silentMilliseconds,
    })),
  };
}
