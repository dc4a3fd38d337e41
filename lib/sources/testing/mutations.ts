import fc from "fast-check";

/** JSON that looks like a fixture, with some of its members dropped, of another type or far too large. */
export function mutationsOf(json: unknown): fc.Arbitrary<unknown> {
  const odd = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<unknown>(
      null,
      "",
      0,
      -1,
      1e300,
      true,
      [],
      {},
      [null],
      "\0",
      "\ud800",
      "__proto__",
      "0001-01-01T00:00:00Z",
      "2023-02-30T00:00:00Z",
      "x".repeat(100_000),
      Array(3000).fill({ id: "x", labels: null }),
    ),
    fc.anything({ maxDepth: 2 }),
  );
  const paths = pathsOf(json);
  const change = fc.record({ path: fc.constantFrom(...paths), value: odd });
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce((value, { path, value: next }) => replace(value, path, next), json),
    );
}

type Path = readonly (string | number)[];

/** Paths to every node, the shallow ones and the first of each list, up to a depth that readers look at. */
function pathsOf(json: unknown, path: Path = []): Path[] {
  if (typeof json !== "object" || json === null || path.length > 4) return [path];
  const members = Array.isArray(json) ? json.slice(0, 2).entries() : Object.entries(json);
  return [path, ...[...members].flatMap(([name, member]) => pathsOf(member, [...path, name]))];
}

function replace(json: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  if (typeof json !== "object" || json === null) return json;
  const old = (json as Record<string | number, unknown>)[name];
  const next = replace(old, rest, value);
  if (Array.isArray(json)) return json.map((member, index) => (index === name ? next : member));
  const { [name]: _, ...others } = json as Record<string | number, unknown>;
  return next === undefined ? others : { ...others, [name]: next };
}

/** The same JSON once for every text in it that is not deep down, with that one replaced. */
export function withEachTextReplaced(json: unknown, by: string): unknown[] {
  return pathsOf(json)
    .filter((path) => path.length < 4 && typeof at(json, path) === "string")
    .map((path) => replace(json, path, by));
}

function at(json: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, name) => Object(value)[name], json);
}
