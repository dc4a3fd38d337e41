type Row = Record<string, unknown>;

/**
 * A list as CSV (RFC 4180). Cells that a spreadsheet would run as a formula are
 * prefixed with an apostrophe; nested values become JSON.
 */
export function toCsv(
  items: readonly Row[],
  /** Columns that stand even in an empty list. */
  expected: readonly string[] = [],
): string {
  const columns = [...new Set([...expected, ...items.flatMap((item) => Object.keys(item))])];
  return line(columns) + lines(items, columns);
}

/** The same of a list too long to hold, a batch whenever the reader has room for one. */
export function csvStream(
  batches: AsyncIterable<readonly Row[]>,
  columns: readonly string[],
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = batches[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      start: (controller) => controller.enqueue(encoder.encode(line(columns))),
      async pull(controller) {
        const { done, value } = await source.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(lines(value, columns)));
      },
      async cancel() {
        await source.return?.();
      },
    },
    { highWaterMark: 1 },
  );
}

function lines(items: readonly Row[], columns: readonly string[]): string {
  return items.map((item) => line(columns.map((column) => item[column]))).join("");
}

function line(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** The full-width signs too: some spreadsheets take them for the narrow ones. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const inert = typeof value !== "number" && formula.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
