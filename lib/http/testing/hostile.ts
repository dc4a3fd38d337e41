import { z } from "zod";
import type { Route } from "@/lib/http/route";

type Json = Record<string, unknown>;

/** What breaks programs that join texts, count in doubles or trust a name. */
export const hostileTexts: readonly string[] = [
  "\0",
  "a\0b",
  "'; drop table people; --",
  "%' or '1'='1",
  "\\'; --",
  "__proto__",
  "constructor",
  "<script>alert(1)</script>",
  "=cmd|'/c calc'!A1",
  "../../etc/passwd",
  "\u{10ffff}\u202e\ufeff",
  "x".repeat(6_000),
  "1e400",
  "9007199254740993",
  "-1",
  "2026-02-30T00:00:00Z",
  "275761-01-01T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "0000-01-01T00:00:00Z",
];

/** Cursors as lists make them, with what no list would put in. */
export const hostileCursors: readonly string[] = [
  "2026-01-01T00:00:00.000Z a\0b",
  "-271821-04-20T00:00:00.000Z 1",
  "+275760-09-13T00:00:00.000Z 1",
  "2026-01-01T00:00:00.000Z 99999999999999999999",
  "2026-01-01T00:00:00.000Z 1);--",
  "name \0",
].map((text) => Buffer.from(text).toString("base64url"));

/** JSON that is no text: in a body only. */
export const hostileJson: readonly unknown[] = [
  ...hostileTexts,
  "\ud800",
  null,
  -1,
  1e308,
  [],
  [["\0"]],
  {},
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  nested(200),
];

function nested(levels: number): unknown {
  let value: unknown = "x";
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

/** The members that a route's schema names, each with a value that it takes. */
export function membersOf(schema: z.ZodType | undefined): Record<string, unknown> {
  if (!schema) return {};
  const json = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date") Object.assign(jsonSchema, { format: "date-time" });
    },
  });
  return sampleOf(json as Json, 0) as Record<string, unknown>;
}

function sampleOf(schema: Json, depth: number): unknown {
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Json[] | undefined;
  if (choices?.[0]) return sampleOf(choices[0], depth);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  switch (schema.type) {
    case "object":
      return objectOf(schema, depth);
    case "array":
      return depth > 3 ? [] : [sampleOf((schema.items ?? {}) as Json, depth + 1)];
    case "number":
    case "integer":
      return schema.minimum ?? 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return textOf(schema);
  }
}

function objectOf(schema: Json, depth: number): Json {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>);
  return Object.fromEntries(properties.map(([name, each]) => [name, sampleOf(each, depth + 1)]));
}

function textOf(schema: Json): string {
  if (schema.format === "date-time") return "2026-01-01T00:00:00Z";
  if (schema.format === "email") return "ana@example.com";
  return "sample-text-long-enough".slice(0, Math.max(1, Number(schema.maxLength ?? 23)));
}

/** Names in the braces of the route's path. */
export function parametersOf({ path }: Route): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}

/** A table of CSV as its reader sees it: rows of cells. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    else if (end === "") break;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}
