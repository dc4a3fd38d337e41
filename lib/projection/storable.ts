/** JSON writes NUL and lone surrogates as escapes, which Postgres refuses in text and jsonb. */
const unstorable = /\\u0000|\\ud[89a-f]/i;

/** The same plain value with U+FFFD for what Postgres cannot hold; values without any are not copied. */
export function storable<T>(value: T): T {
  return unstorable.test(JSON.stringify(value)) ? (replaced(value) as T) : value;
}

function replaced(value: unknown): unknown {
  if (typeof value === "string") return Buffer.from(value).toString().replaceAll("\0", "\ufffd");
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [replaced(name), replaced(member)]),
  );
}
