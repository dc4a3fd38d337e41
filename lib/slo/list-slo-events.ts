import { sql } from "kysely";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";
import type { SloEventAnswer } from "@/lib/http/slo-answers";
import { describeEvents, type FoundEvent } from "@/lib/slo/describe-events";
import { eventRows } from "@/lib/slo/event-rows";
import { dayMilliseconds } from "@/lib/slo/hours";
import { isGood, type Measure, thresholdFor } from "@/lib/slo/measure";
import { chosenByAny } from "@/lib/slo/read-events";
import { findSlo } from "@/lib/slo/read-slos";

interface EventFilter {
  /** Only the good ones, or only those that spent the budget. */
  good?: boolean;
  /** A stretch of the objective's window [from, to): a burn window, a day. */
  from?: Date;
  to?: Date;
  cursor?: string;
  limit: number;
}

/** So many rows are looked at for each that is wanted, since a narrower objective may judge otherwise. */
const rowsPerEvent = 4;

/**
 * The events behind an objective's figures, newest first, each with why it is good or
 * not. What is under way and not too long yet is no event. Throws `not_found`.
 */
export async function listSloEvents(
  context: Context,
  id: string,
  filter: EventFilter,
): Promise<Page<SloEventAnswer>> {
  const { measure, objective } = await findSlo(context, id);
  const now = context.clock.now();
  const { from, to } = stretchOf(filter, now, objective.windowDays);
  const found: FoundEvent[] = [];
  let after = filter.cursor ? decodeCursor(filter.cursor) : null;
  const atOnce = (filter.limit + 1) * (measure.overrides.length > 0 ? rowsPerEvent : 1);
  for (let seen = atOnce; seen === atOnce && found.length <= filter.limit; ) {
    const older = after ? olderThan(after, { at: "e.at", id: "e.id" }) : sql`true`;
    const { rows } = await sql<FoundEvent>`
      select e.* from (${eventRows(measure.indicator, now)}) as e
      where e.at >= ${from} and e.at < ${to} and ${chosenByAny([measure])}
        and ${mayBe(measure, filter.good)} and ${older}
      order by e.at desc, e.id desc limit ${atOnce}`.execute(context.db);
    seen = rows.length;
    after = rows.at(-1) ?? after;
    found.push(...rows.filter((event) => isWanted(measure, event, filter.good)));
  }
  const shown = page(
    found,
    filter.limit,
    (event) => event,
    (event) => event,
  );
  const items = await describeEvents(
    context.db,
    measure.indicator,
    shown.items.map((event) => ({
      ...event,
      good: isGood(measure, event) ?? false,
      thresholdSeconds: thresholdFor(measure, event) ?? measure.thresholdSeconds,
    })),
  );
  return { items, nextCursor: shown.nextCursor };
}

/** What lies outside of the objective's window is behind none of its figures. */
function stretchOf({ from, to }: EventFilter, now: Date, windowDays: number) {
  const begin = new Date(now.getTime() - windowDays * dayMilliseconds);
  return { from: from && from > begin ? from : begin, to: to && to < now ? to : now };
}

/** Leaves out in the database what no threshold of the measure could want. */
function mayBe({ thresholdSeconds, overrides }: Measure, good: boolean | undefined) {
  const thresholds = [
    thresholdSeconds,
    ...overrides.flatMap(({ thresholdSeconds: own }) => own ?? []),
  ];
  if (good === undefined) return sql`true`;
  return good
    ? sql`e.seconds < ${Math.max(...thresholds)}`
    : sql`e.seconds >= ${Math.min(...thresholds)}`;
}

function isWanted(measure: Measure, event: FoundEvent, good: boolean | undefined): boolean {
  const isGoodOne = isGood(measure, event);
  if (isGoodOne === null || (event.open && isGoodOne)) return false;
  return good === undefined || good === isGoodOne;
}
