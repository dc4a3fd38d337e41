/**
 * A list as CSV (RFC 4180). Cells that a spreadsheet would run as a formula are
 * prefixed with an apostrophe; nested values become JSON.
 */
export function toCsv(
  items: readonly Record<string, unknown>[],
  /** Columns that stand even in an empty list. */
  expected: readonly string[] = [],
): string {
  const columns = [...new Set([...expected, ...items.flatMap((item) => Object.keys(item))])];
  const lines = [columns, ...items.map((item) => columns.map((column) => item[column]))];
  return `${lines.map((cells) => cells.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const inert = typeof value !== "number" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
