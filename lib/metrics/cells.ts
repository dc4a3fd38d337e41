import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CellContent, CellPart } from "@/lib/metrics/cell-parts";
import type { CellPeriod } from "@/lib/metrics/periods";
import type { CellSpan } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";

/** One place's cell of a period. */
export interface CellKey {
  name: string;
  environment: string;
  span: CellSpan;
}

/** What clean cells of one part were found to hold, by place and period. */
export class FoundCells {
  readonly #places: { name: string; environment: string; cells: Map<CellPeriod, PeriodCells> }[];

  constructor({ environments, names }: Places) {
    this.#places = environments.flatMap((environment) =>
      names.map((name) => ({ name, environment, cells: new Map() })),
    );
  }

  /** `place` counts the names of the first environment, then those of the next. */
  add(place: number, period: CellPeriod, start: number, content: CellContent): void {
    const cells = this.#places[place]?.cells;
    const known = cells?.get(period);
    if (known) known.set(start, content);
    else cells?.set(period, new Map([[start, content]]));
  }

  /** A period's cells of all the places. */
  of({ period, start }: CellSpan): CellContent[] {
    const contents: CellContent[] = [];
    for (const { cells } of this.#places) {
      const content = cells.get(period)?.get(start.getTime());
      if (content) contents.push(content);
    }
    return contents;
  }

  missing(spans: readonly CellSpan[]): CellKey[] {
    return this.#places.flatMap(({ name, environment, cells }) =>
      spans
        .filter(({ period, start }) => !cells.get(period)?.has(start.getTime()))
        .map((span) => ({ name, environment, span })),
    );
  }
}

type PeriodCells = Map<number, CellContent>;

export interface CellQuestion {
  part: CellPart;
  spans: readonly CellSpan[];
  /** They are large: read only where they are wanted. */
  withHistograms: boolean;
}

/**
 * Adds the cells that are there and clean. Neighbouring periods are one stretch of the
 * table's key, searched place by place: no statistics can make that another plan.
 */
export async function findCells(
  db: Kysely<Database>,
  places: Places,
  questions: readonly CellQuestion[],
  add: (part: CellPart, ...cell: Parameters<FoundCells["add"]>) => void,
): Promise<void> {
  const runs = questions.flatMap(runsOf);
  if (runs.length === 0) return;
  const { rows } = await sql<Row>`
    select r.part, r.period, c.*,
      (array_position(${[...places.environments]}::text[], p.environment) - 1) * ${places.names.length}
        + array_position(${[...places.names]}::text[], p.scope_name) - 1 as place
    from metric_places p
    cross join unnest(
      ${runs.map(({ part }) => part)}::text[],
      ${runs.map(({ period }) => period)}::text[],
      ${runs.map(({ first }) => first.toISOString())}::timestamptz[],
      ${runs.map(({ last }) => last.toISOString())}::timestamptz[],
      ${runs.map(({ withHistograms }) => withHistograms)}::boolean[]
    ) as r (part, period, first_start, last_start, with_histograms)
    cross join lateral (
      select (extract(epoch from c.starts_at) * 1000)::float8 as start, c.figures,
        case when r.with_histograms then c.histograms else '' end as histograms
      from metric_cells c
      where c.place_id = p.id and c.part = r.part and c.period = r.period
        and c.starts_at >= r.first_start and c.starts_at <= r.last_start
        and not c.dirty and c.figures is not null
      offset 0
    ) c
    where p.scope = ${places.by} and p.scope_name = any(${[...places.names]}::text[])
      and p.environment = any(${[...places.environments]}::text[])
      and p.timezone = ${places.timezone}`.execute(db);
  for (const { part, place, period, start, figures, histograms } of rows)
    add(part, place, period, start, { figures, histograms });
}

interface Row extends CellContent {
  part: CellPart;
  place: number;
  period: CellPeriod;
  start: number;
}

/** Periods without a gap between them. */
interface Run extends Pick<CellQuestion, "part" | "withHistograms"> {
  period: CellPeriod;
  first: Date;
  last: Date;
}

function runsOf({ part, spans, withHistograms }: CellQuestion): Run[] {
  const runs: Run[] = [];
  const open = new Map<CellPeriod, { run: Run; end: number }>();
  const sorted = spans.toSorted((one, other) => one.start.getTime() - other.start.getTime());
  for (const { period, start, end } of sorted) {
    const last = open.get(period);
    const run =
      last?.end === start.getTime()
        ? last.run
        : { part, withHistograms, period, first: start, last: start };
    if (run !== last?.run) runs.push(run);
    run.last = start;
    open.set(period, { run, end: end.getTime() });
  }
  return runs;
}
