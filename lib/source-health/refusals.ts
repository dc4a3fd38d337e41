import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";

const restMilliseconds = 1_000;
const hour = 3_600_000;

/**
 * Counts requests that did not prove themselves, by source and hour, and writes the sums
 * down at most once a second: a flood of forged requests costs a row an hour. Sources
 * are those that are set up, so what waits is bounded; while the database is away it waits on.
 */
export class Refusals {
  private waiting = new Map<string, { source: string; hour: Date; refused: number; at: Date }>();
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly db: Kysely<Database>) {}

  /** Never waits. */
  count(source: string, at: Date): void {
    const began = new Date(Math.floor(at.getTime() / hour) * hour);
    const key = `${began.getTime()} ${source}`;
    const refused = (this.waiting.get(key)?.refused ?? 0) + 1;
    this.waiting.set(key, { source, hour: began, refused, at });
    this.timer ??= setTimeout(() => void this.flush().catch(() => undefined), restMilliseconds);
    this.timer.unref();
  }

  /** Writes down what was counted; what cannot be written stays counted. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.writing = this.writing.catch(() => undefined).then(() => this.write());
    return this.writing;
  }

  private async write(): Promise<void> {
    const rows = [...this.waiting.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
    if (rows.length === 0) return;
    this.waiting.clear();
    try {
      await writeRefusals(
        this.db,
        rows.map(([, row]) => row),
      );
    } catch (error) {
      for (const [key, row] of rows) {
        const since = this.waiting.get(key);
        this.waiting.set(key, {
          ...row,
          refused: row.refused + (since?.refused ?? 0),
          at: since?.at ?? row.at,
        });
      }
      throw error;
    }
  }
}

async function writeRefusals(db: Kysely<Database>, rows: readonly object[]): Promise<void> {
  await sql`
    insert into source_hours as h (source, hour, refused, refused_at)
    select source, hour, refused, at
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (source text, hour timestamptz, refused integer, at timestamptz)
    order by source, hour
    on conflict (source, hour) do update set
      refused = h.refused + excluded.refused,
      refused_at = greatest(h.refused_at, excluded.refused_at)`.execute(db);
}
