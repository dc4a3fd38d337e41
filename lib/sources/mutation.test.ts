import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeStatements } from "@/lib/facts/merge";
import type { Statement } from "@/lib/facts/types";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { providers } from "@/lib/sources/registry";
import { deliveryOf, fixturesOf, jsonOf } from "@/lib/sources/testing/fixtures";
import { mutationsOf } from "@/lib/sources/testing/mutations";

/** No index and no jsonb column may choke on what a reader lets through. */
const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const indexed = ["repository", "revision", "service", "environment", "before", "after"];

describe.each(providers)("$name", (provider) => {
  const files = fixturesOf(provider.name)
    .map(({ file }) => file)
    .filter((file) => /\.(json|xml)$/.test(file) && file !== "batched-empty.1.json");
  const json = files.filter((file) => file.endsWith(".json"));

  it.each(json)("a maimed %s is read, ignored or unreadable, and nothing else", (file) => {
    fc.assert(
      fc.property(mutationsOf(jsonOf(provider.name, file)), (json) => {
        const delivery = deliveryOf(provider.name, file);
        const body = Buffer.from(JSON.stringify(json) ?? "");
        try {
          const reading = provider.read({ ...delivery, body });
          if (reading.outcome === "read") reading.statements.forEach(expectStorable);
          else expect(reading.reason).not.toBe("");
        } catch (error) {
          if (!(error instanceof UnreadableDelivery)) throw error;
          expect(error.code).toMatch(/^[a-z_0-9]+$/);
          expect(error.expected).not.toBe("");
        }
      }),
      { numRuns: 20 },
    );
  });

  it("any bytes at all are read, ignored or unreadable", () => {
    const body = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(Buffer.from));
    fc.assert(
      fc.property(body, fc.constantFrom(...files), (bytes, file) => {
        try {
          provider.read({ ...deliveryOf(provider.name, file), body: bytes });
        } catch (error) {
          if (!(error instanceof UnreadableDelivery)) throw error;
        }
      }),
    );
  });
});

function expectStorable(statement: Statement): void {
  expect(statement.asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const stored = `${statement.key}${decoded(statement.members)}`;
  expect(unstorable.test(stored)).toBe(false);
  const members = statement.members as unknown as Record<string, unknown>;
  for (const name of indexed) expect(String(members[name] ?? "").length).toBeLessThanOrEqual(255);
  mergeStatements(statement.noun, [statement as never]);
}

/** Every key and string of a value, as they are, without JSON's escapes. */
function decoded(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, member]) => `${key} ${decoded(member)}`)
    .join(" ");
}
