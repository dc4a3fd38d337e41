const deepest = 20;

/**
 * What no event may hold whatever its schema: NUL and lone surrogates, which
 * the database cannot keep, keys called __proto__, and nesting without end.
 * Answers the first as field and expectation; null for none.
 */
export function findHostile(
  value: unknown,
  path: readonly (string | number)[] = [],
): { field: string; expected: string } | null {
  const refuse = (expected: string) => ({ field: fieldName(path), expected });
  if (typeof value === "string") return textTrouble(value, refuse);
  if (path.length > deepest) return refuse(`at most ${deepest} levels of nesting`);
  if (typeof value !== "object" || value === null) return null;
  const members = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [name, member] of members) {
    const inside = [...path, name];
    const trouble =
      typeof name === "string"
        ? (keyTrouble(name, inside) ?? findHostile(member, inside))
        : findHostile(member, inside);
    if (trouble) return trouble;
  }
  return null;
}

const toldLength = 100;

/** `steps[0].at`, as errors name a field; a name of absurd length is told by its beginning. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((part) =>
      typeof part === "number" ? `[${part}]` : `.${String(part).slice(0, toldLength)}`,
    )
    .join("")
    .replace(/^\./, "");
}

function keyTrouble(name: string, path: readonly (string | number)[]) {
  const refuse = (expected: string) => ({ field: wellFormed(fieldName(path)), expected });
  if (name === "__proto__") return refuse("no key called __proto__");
  return textTrouble(name, refuse);
}

function textTrouble<T>(text: string, refuse: (expected: string) => T): T | null {
  if (text.includes("\0")) return refuse("text without NUL (\\u0000)");
  return text === wellFormed(text) ? null : refuse("text without lone surrogates");
}

/** The text as an answer can carry it: UTF-8 turns lone surrogates into U+FFFD. */
function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
