import { idleMilliseconds } from "@/lib/auth/sessions/sessions";
import { sweepThrottles } from "@/lib/auth/sign-in/throttle";
import { writeTokenUse } from "@/lib/auth/token-use";
import type { Context } from "@/lib/context";
import { sweepCounts } from "@/lib/source-health/sweep";

const everyMilliseconds = 30_000;
const sweepEveryMilliseconds = 24 * 3_600_000;

/** Keeps, for as long as the process lives, when tokens were used, and clears away daily what has ended. */
export function startUpkeep(context: Pick<Context, "db" | "clock">): { close(): Promise<void> } {
  let sweptAt = Number.NEGATIVE_INFINITY;
  let working = Promise.resolve();

  async function round(): Promise<void> {
    await writeTokenUse(context.db);
    const now = context.clock.now();
    if (now.getTime() - sweptAt < sweepEveryMilliseconds) return;
    await sweepEnded(context);
    sweptAt = now.getTime();
  }

  const timer = setInterval(() => {
    // The database is away: what was noted stays noted, and the door says so already.
    working = working.then(round).catch(() => undefined);
  }, everyMilliseconds);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await working;
      await writeTokenUse(context.db).catch(() => undefined);
    },
  };
}

/** Deletes sessions, one-time addresses and throttles that hold nothing any more, and old counts of sources. */
export async function sweepEnded({ db, clock }: Pick<Context, "db" | "clock">): Promise<void> {
  const now = clock.now();
  const idle = new Date(now.getTime() - idleMilliseconds);
  await db
    .deleteFrom("sessions")
    .where(({ eb, or }) => or([eb("expires_at", "<=", now), eb("last_seen_at", "<=", idle)]))
    .execute();
  await db.deleteFrom("set_up_tokens").where("expires_at", "<=", now).execute();
  await db.deleteFrom("password_links").where("expires_at", "<=", now).execute();
  await sweepThrottles(db, now);
  await sweepCounts(db, now);
}
