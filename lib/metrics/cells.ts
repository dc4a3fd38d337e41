import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import type { CellContent, CellPart } from "@/lib/metrics/cell-parts";
import type { CellSpan } from "@/lib/metrics/pieces";
import type { Places } from "@/lib/metrics/places";

export interface CellQuestion {
  places: Places;
  part: CellPart;
  spans: readonly CellSpan[];
}

/** One place's cell of a period. */
export interface CellKey {
  name: string;
  environment: string;
  span: CellSpan;
}

/** What clean cells were found to hold. */
export class FoundCells {
  readonly #contents = new Map<string, CellContent>();

  add(name: string, environment: string, period: string, start: number, content: CellContent) {
    this.#contents.set(nameOf(name, environment, period, start), content);
  }

  get({ name, environment, span }: CellKey): CellContent | undefined {
    return this.#contents.get(nameOf(name, environment, span.period, span.start.getTime()));
  }

  /** A period's cells of all these places. */
  of(places: Places, span: CellSpan): CellContent[] {
    return keysOf({ places, spans: [span] }).flatMap((key) => this.get(key) ?? []);
  }

  missing(question: Pick<CellQuestion, "places" | "spans">): CellKey[] {
    return keysOf(question).filter((key) => !this.get(key));
  }
}

/** Names hold no zero byte: Postgres takes none. */
function nameOf(name: string, environment: string, period: string, start: number): string {
  return `${start} ${period} ${environment}\0${name}`;
}

function keysOf({ places, spans }: Pick<CellQuestion, "places" | "spans">): CellKey[] {
  return places.environments.flatMap((environment) =>
    places.names.flatMap((name) => spans.map((span) => ({ name, environment, span }))),
  );
}

/** Adds the cells that are there and clean; histograms are large, and read where they are wanted. */
export async function findCells(
  db: Kysely<Database>,
  found: FoundCells,
  { places, part, spans }: CellQuestion,
  withHistograms: boolean,
): Promise<void> {
  if (spans.length === 0) return;
  const { rows } = await sql<Row>`
    select p.scope_name as name, p.environment, c.period, c.figures,
      ${withHistograms ? sql`c.histograms` : sql`''`} as histograms,
      (extract(epoch from c.starts_at) * 1000)::float8 as start
    from metric_places p
    join metric_cells c on c.place_id = p.id
    where p.scope = ${places.by} and p.scope_name = any(${[...places.names]}::text[])
      and p.environment = any(${[...places.environments]}::text[])
      and p.timezone = ${places.timezone}
      and c.part = ${part} and not c.dirty and c.figures is not null
      and (c.period, c.starts_at) in (
        select * from unnest(
          ${spans.map(({ period }) => period)}::text[],
          ${spans.map(({ start }) => start.toISOString())}::timestamptz[]))`.execute(db);
  for (const { name, environment, period, start, figures, histograms } of rows)
    found.add(name, environment, period, start, { figures, histograms });
}

interface Row extends CellContent {
  name: string;
  environment: string;
  period: string;
  start: number;
}
