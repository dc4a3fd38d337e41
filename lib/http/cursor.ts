import { Problem } from "@/lib/http/problem";

/** A keyset position in a list ordered by time, then id, newest first. */
export interface Cursor {
  at: Date;
  id: string;
}

function encodeCursor(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.toISOString()} ${cursor.id}`).toString("base64url");
}

/** Throws `invalid_cursor` for anything that encodeCursor did not write. */
export function decodeCursor(text: string): Cursor {
  const [time = "", id = ""] = Buffer.from(text, "base64url").toString("utf8").split(" ");
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || id === "")
    throw new Problem("invalid_cursor", "This cursor was not made by this list.", {
      field: "cursor",
      expected: "the nextCursor of the page before",
    });
  return { at, id };
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
