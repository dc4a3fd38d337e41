import { setTimeout } from "node:timers/promises";
import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { Context } from "@/lib/context";
import { bucketsOf } from "@/lib/metrics/buckets";
import { batchesOf } from "@/lib/metrics/cell-batches";
import type { CellPart } from "@/lib/metrics/cell-parts";
import type { CellKey } from "@/lib/metrics/cells";
import type { CellSpan } from "@/lib/metrics/pieces";
import { type Places, zoneKept } from "@/lib/metrics/places";
import { recountCells } from "@/lib/metrics/recount-cells";

type Keeping = Pick<Context, "db" | "config" | "clock">;

const parts: readonly CellPart[] = ["tally", "stages"];
const periods = ["month", "week", "day"] as const;
const dirtyAtOnce = 500;

/** UTC and the teams' zones: what is asked in others is counted when it is asked. */
function zonesKept({ teams }: Context["config"]): string[] {
  return [...new Set(["UTC", ...teams.map(({ timezone }) => zoneKept(timezone))])];
}

/**
 * Counts the ended periods of everything and of every team that have no clean cell yet,
 * newest first. Answers how many cells it counted.
 */
export async function fillCells(context: Keeping, signal: AbortSignal): Promise<number> {
  const { db, config, clock } = context;
  const history = await historyOf(db, clock.now());
  if (!history) return 0;
  const teams = config.teams.map(({ name }) => name);
  let counted = 0;
  for (const timezone of zonesKept(config)) {
    const spans = endedSpans(history, timezone);
    for (const by of ["all", "team"] as const) {
      const names = by === "all" ? [""] : teams;
      for (const part of parts) {
        const places = { by, names, environments: [""], timezone };
        const missing = names.length > 0 ? await findMissing(db, places, part, spans) : [];
        counted += await recountGently(db, places, part, missing, signal);
      }
    }
  }
  return counted;
}

/** Counts dirty cells of ended periods in the kept zones anew, those of services too. */
export async function refreshCells(context: Keeping, signal: AbortSignal): Promise<number> {
  const { db, config, clock } = context;
  const { rows } = await sql<DirtyCell>`
    select p.scope, p.scope_name, p.environment, p.timezone, c.part, c.period, c.starts_at, c.ends_at
    from metric_cells c join metric_places p on p.id = c.place_id
    where c.dirty and p.timezone = any(${zonesKept(config)}::text[]) and c.ends_at <= ${clock.now()}
    order by c.starts_at desc limit ${dirtyAtOnce}`.execute(db);
  const groups = new Map<string, DirtyCell[]>();
  for (const cell of rows) {
    const group = JSON.stringify([cell.scope, cell.timezone, cell.part]);
    groups.set(group, [...(groups.get(group) ?? []), cell]);
  }
  let counted = 0;
  for (const cells of groups.values()) {
    const [first] = cells;
    if (!first) continue;
    const places = { by: first.scope, timezone: first.timezone };
    counted += await recountGently(db, places, first.part, cells.map(keyOf), signal);
  }
  return counted;
}

/** A place whose cut days come to more has them counted anew when they are asked for. */
const hoursAtMost = 500;

/** Hours are counted for windows that cut a day, which move on: those of before go. */
export async function dropHours({ db }: Pick<Context, "db">): Promise<void> {
  await sql`
    delete from metric_cells c
    using metric_places p
    where c.place_id = p.id and c.part = any(${[...parts]}::text[]) and c.period = 'hour'
      and (select count(*) from metric_cells h
        where h.place_id = p.id and h.part = 'tally' and h.period = 'hour') > ${hoursAtMost}`.execute(
    db,
  );
}

interface DirtyCell {
  scope: Places["by"];
  scope_name: string;
  environment: string;
  timezone: string;
  part: CellPart;
  period: CellSpan["period"];
  starts_at: Date;
  ends_at: Date;
}

function keyOf({ scope_name, environment, period, starts_at, ends_at }: DirtyCell): CellKey {
  return { name: scope_name, environment, span: { period, start: starts_at, end: ends_at } };
}

/** Rests after every pass for as long as it took: half of one core is the door's. */
async function recountGently(
  db: Kysely<Database>,
  places: Pick<Places, "by" | "timezone">,
  part: CellPart,
  keys: readonly CellKey[],
  signal: AbortSignal,
): Promise<number> {
  let counted = 0;
  for (const { environment, names, spans } of batchesOf(keys)) {
    if (signal.aborted) break;
    const begun = performance.now();
    const batch = names.flatMap((name) => spans.map((span) => ({ name, environment, span })));
    await recountCells(db, places, part, batch);
    counted += batch.length;
    await setTimeout(performance.now() - begun, undefined, { signal }).catch(() => undefined);
  }
  return counted;
}

async function historyOf(
  db: Kysely<Database>,
  now: Date,
): Promise<{ from: Date; to: Date } | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from deployments where tier = 'production'`.execute(db);
  const at = rows[0]?.at;
  return at && at < now ? { from: at, to: now } : null;
}

/** Every period that has ended, the newest first. */
function endedSpans(history: { from: Date; to: Date }, timezone: string): CellSpan[] {
  return periods
    .flatMap((period) =>
      bucketsOf({ ...history, bucket: period, timezone }).map((span) => ({ period, ...span })),
    )
    .filter(({ end }) => end <= history.to)
    .sort((one, other) => other.start.getTime() - one.start.getTime());
}

async function findMissing(
  db: Kysely<Database>,
  { by, names, timezone }: Places,
  part: CellPart,
  spans: readonly CellSpan[],
): Promise<CellKey[]> {
  const { rows } = await sql<{ name: string; i: number }>`
    select name, s.i
    from unnest(${[...names]}::text[]) as name cross join unnest(
      ${spans.map(({ period }) => period)}::text[],
      ${spans.map(({ start }) => start.toISOString())}::timestamptz[]
    ) with ordinality as s (period, starts_at, i)
    where not exists (
      select from metric_places p join metric_cells c on c.place_id = p.id
      where p.scope = ${by} and p.scope_name = name and p.environment = ''
        and p.timezone = ${timezone} and c.part = ${part} and c.period = s.period
        and c.starts_at = s.starts_at and not c.dirty and c.figures is not null)
    order by name, s.i`.execute(db);
  return rows.flatMap(({ name, i }) => {
    const span = spans[i - 1];
    return span ? [{ name, environment: "", span }] : [];
  });
}
