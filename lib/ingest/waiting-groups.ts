import { Problem } from "@/lib/http/problem";
import type { NewDelivery, StoredDelivery } from "@/lib/ingest/delivery";

const rowsAtMost = 10_000;
const mebibyte = 1024 * 1024;
const bytesAtMost = 128 * mebibyte;
/** What one source may hold of either, so that there is always room for the others. */
const sourceShare = 0.5;

function whatMayWait(share: number): string {
  return `${rowsAtMost * share} deliveries or ${(bytesAtMost * share) / mebibyte} MiB may wait`;
}

/** Deliveries that are stored together or not at all. */
export interface Group {
  deliveries: readonly NewDelivery[];
  resolve(stored: StoredDelivery[]): void;
  reject(problem: Problem): void;
}

interface Line {
  groups: Group[];
  rows: number;
  bytes: number;
}

/** What waits for a statement: one line per source, served in turn, each bounded. */
export class WaitingGroups {
  rows = 0;
  private bytes = 0;
  private readonly lines = new Map<string, Line>();

  /** Lines the group up; a refusal instead where there is no room. */
  add(group: Group): Problem | null {
    const source = group.deliveries[0]?.source ?? "";
    const { rows, bytes } = sizeOf(group);
    const line = this.lines.get(source) ?? { groups: [], rows: 0, bytes: 0 };
    if (this.rows + rows > rowsAtMost || this.bytes + bytes > bytesAtMost)
      return new Problem(
        "overloaded",
        `More arrives than can be stored just now: ${whatMayWait(1)} in all.`,
        { limit: rowsAtMost },
      );
    if (
      line.rows + rows > rowsAtMost * sourceShare ||
      line.bytes + bytes > bytesAtMost * sourceShare
    )
      return new Problem(
        "too_many_requests",
        `This source sends more than can be stored just now: ${whatMayWait(sourceShare)} of one source.`,
        { limit: rowsAtMost * sourceShare },
      );

    line.groups.push(group);
    this.lines.set(source, line);
    this.count(line, rows, bytes);
    return null;
  }

  /** The next groups, one of each source in turn; a group beyond the limits goes alone. */
  take(rowsWanted: number, bytesWanted: number): Group[] {
    const taken: Group[] = [];
    let room = { rows: rowsWanted, bytes: bytesWanted };
    for (;;) {
      const [source, line] = this.lines.entries().next().value ?? [];
      const group = line?.groups[0];
      if (source === undefined || !line || !group) return taken;
      const { rows, bytes } = sizeOf(group);
      if (taken.length > 0 && (rows > room.rows || bytes > room.bytes)) return taken;

      taken.push(group);
      room = { rows: room.rows - rows, bytes: room.bytes - bytes };
      line.groups.shift();
      this.count(line, -rows, -bytes);
      // Put back at the end: the next turn is another source's.
      this.lines.delete(source);
      if (line.groups.length > 0) this.lines.set(source, line);
    }
  }

  takeAll(): Group[] {
    return this.take(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  }

  private count(line: Line, rows: number, bytes: number): void {
    line.rows += rows;
    line.bytes += bytes;
    this.rows += rows;
    this.bytes += bytes;
  }
}

function sizeOf(group: Group): { rows: number; bytes: number } {
  const bytes = group.deliveries.reduce((sum, delivery) => sum + delivery.body.byteLength, 0);
  return { rows: group.deliveries.length, bytes };
}
