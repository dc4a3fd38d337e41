import { sql } from "kysely";
import { Problem } from "@/lib/http/problem";

/** A keyset position in a list ordered by time, then id, newest first. */
export interface Cursor {
  at: Date;
  id: string;
}

/** What follows the cursor, as a condition on a list whose columns these are. */
export function olderThan({ at, id }: Cursor, columns: { at?: string; id?: string } = {}) {
  const [time, key] = [sql.ref(columns.at ?? "at"), sql.ref(columns.id ?? "id")];
  return sql<boolean>`(${time}, ${key}) < (${at}, ${id})`;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.toISOString()} ${cursor.id}`).toString("base64url");
}

/** Throws `invalid_cursor` for anything that encodeCursor did not write. */
export function decodeCursor(text: string): Cursor {
  const [time = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  const at = new Date(time);
  const isStorable = /^\d{4}-/.test(time) && !Number.isNaN(at.getTime()) && !id.includes("\0");
  if (!isStorable || id === "") throw foreignCursor();
  return { at, id };
}

/**
 * A page of a list that is held whole, by name; without a limit all that follows
 * the cursor. Throws `invalid_cursor`.
 */
export function pageByName<Item extends { name: string }>(
  items: readonly Item[],
  { cursor, limit = items.length }: { cursor?: string; limit?: number },
): { items: Item[]; nextCursor: string | null } {
  const after = cursor ? decodeName(cursor) : null;
  const following = [...items]
    .sort((a, b) => a.name.localeCompare(b.name))
    .filter(({ name }) => after === null || name.localeCompare(after) > 0);
  const shown = following.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown,
    nextCursor: last && following.length > limit ? encodeName(last.name) : null,
  };
}

const nameMark = "name ";

function encodeName(name: string): string {
  return Buffer.from(nameMark + name).toString("base64url");
}

function decodeName(text: string): string {
  const decoded = Buffer.from(text, "base64url").toString("utf8");
  if (!decoded.startsWith(nameMark)) throw foreignCursor();
  return decoded.slice(nameMark.length);
}

/** For what decodes and is still no position of this list. */
export function foreignCursor(): Problem {
  return new Problem("invalid_cursor", "This cursor was not made by this list.", {
    field: "cursor",
    expected: "the nextCursor of the page before",
  });
}

/** Splits limit + 1 rows into a page and the cursor of the next. */
export function page<Row, Item>(
  rows: Row[],
  limit: number,
  position: (row: Row) => Cursor,
  shape: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(shape),
    nextCursor: rows.length > limit && last ? encodeCursor(position(last)) : null,
  };
}
