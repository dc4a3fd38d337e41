import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import { Problem } from "@/lib/http/problem";
import type { SourceHealthAnswer } from "@/lib/http/source-health-answers";
import { countPending } from "@/lib/source-health/count-pending";
import { readClock } from "@/lib/source-health/read-clock";
import { readSigns } from "@/lib/source-health/read-signs";

const hour = 3_600_000;
const hoursShown = 7 * 24;
const daysCounted = 28;
const outcomesAtMost = 100;

/** How a source fares: its habit, its hours, what became of what it sent, its clock. Throws `not_found`. */
export async function readSourceHealth(
  context: Context,
  name: string,
): Promise<SourceHealthAnswer> {
  authorise(context, "admin");
  if (!context.config.sources.some((source) => source.name === name))
    throw new Problem("not_found", "There is no source of this name.");
  const { db, clock } = context;
  const now = clock.now();
  const [signs, pending, hours, outcomes, lag] = await Promise.all([
    readSigns(db, [name], now),
    countPending(db, [name]),
    readHours(db, name, now),
    readOutcomes(db, name, now),
    readClock(db, name),
  ]);
  const of = signs.get(name);
  return {
    name,
    state: of?.state ?? "waiting",
    lastDeliveryAt: iso(of?.lastDeliveryAt ?? null),
    pending: pending.get(name) ?? 0,
    expectedBefore: iso(of?.expectedBefore ?? null),
    refusedAt: iso(of?.refusedAt ?? null),
    hours,
    outcomes,
    clock: lag,
  };
}

type Hour = SourceHealthAnswer["hours"][number];

async function readHours(db: Kysely<Database>, name: string, now: Date): Promise<Hour[]> {
  const running = Math.floor(now.getTime() / hour) * hour;
  const first = running - hoursShown * hour;
  const rows = await db
    .selectFrom("source_hours")
    .select(["hour", "accepted", "ignored", "failed", "refused"])
    .where("source", "=", name)
    .where("hour", ">=", new Date(first))
    .execute();
  const counted = new Map(rows.map((row) => [row.hour.getTime(), row]));
  return Array.from({ length: hoursShown + 1 }, (_, index) => {
    const start = first + index * hour;
    const {
      accepted = 0,
      ignored = 0,
      failed = 0,
      refused = 0,
    } = counted.get(start) ?? ({} as Partial<Hour>);
    return { start: new Date(start).toISOString(), accepted, ignored, failed, refused };
  });
}

async function readOutcomes(
  db: Kysely<Database>,
  name: string,
  now: Date,
): Promise<SourceHealthAnswer["outcomes"]> {
  const since = new Date(now.getTime() - daysCounted * 24 * hour).toISOString().slice(0, 10);
  const { rows } = await sql<SourceHealthAnswer["outcomes"][number]>`
    select event, outcome, nullif(reason, '') as reason, sum(deliveries)::integer as deliveries
    from source_outcomes where source = ${name} and day > ${since}::date
    group by event, outcome, reason having sum(deliveries) > 0
    order by sum(deliveries) desc, event, outcome, reason limit ${outcomesAtMost}`.execute(db);
  return rows;
}
