import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { announce } from "@/lib/live/announce";
import type { SeriesIdentity } from "@/lib/series/types";

/** A graph drawn every few seconds is live enough; a word for every export would drown the rest. */
const restMilliseconds = 5_000;
const lastTold = new WeakMap<Kysely<Database>, Map<string, number>>();

/** Tells browsers that services have new points, each service at most every five seconds. */
export async function announceSeries(
  db: Kysely<Database>,
  series: readonly SeriesIdentity[],
  now: Date,
): Promise<void> {
  const told = lastTold.get(db) ?? new Map<string, number>();
  lastTold.set(db, told);
  const fresh = new Map<string, { id: string; service: string; environment: string }>();
  for (const { service, environment } of series) {
    const id = `${service}/${environment}`;
    if (now.getTime() - (told.get(id) ?? 0) < restMilliseconds) continue;
    told.set(id, now.getTime());
    fresh.set(id, { id, service, environment });
  }
  await announce(db, "series", [...fresh.values()]);
}
