import { describe, expect, it } from "vitest";
import { mergeStatements } from "@/lib/facts/merge";
import { factTypeOf, type Statement } from "@/lib/facts/types";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { configurableProviders, providerNamed, providers } from "@/lib/sources/registry";
import { deliveryOf, filesOf, fixturesOf } from "@/lib/sources/testing/fixtures";
import {
  keptProvidersPage,
  providerRow,
  providersPage,
  readmeOf,
} from "@/lib/sources/testing/providers-page";

const exactGrades = ["captured", "vendor", "own"];
/** Documents with dots in place of JSON: they can only be quarantined. */
const unreadable = ["http-structured.1.txt", "http-batched.1.txt"];
/** They end an incident that was never opened, so their statements make no fact by themselves. */
const withoutOpening = [
  "issues.closed.1.json",
  "issues.unlabeled-incident.1.json",
  "incident.resolved.1.json",
  "failure_resolved.1.json",
  "legacy.ok.1.json",
  "data.incident_note.1.json",
  "api.dora-deployment-patch.1.json",
];

describe.each(providers)("$name", (provider) => {
  const fixtures = fixturesOf(provider.name);

  it("has fixtures, each in its index, and a NOTICE of their origin", () => {
    expect(fixtures.length).toBeGreaterThan(0);
    expect(filesOf(provider.name)).toEqual(
      [...fixtures.map(({ file }) => file), "NOTICE", "index.json"].sort(),
    );
  });

  it("is found by its name", () => {
    expect(providerNamed(provider.name)).toBe(provider);
  });

  const exact = fixtures.filter(
    ({ grade, file }) => exactGrades.includes(grade) && !unreadable.includes(file),
  );
  it.each(exact)("reads $file as $expect", ({ file, expect: expected }) => {
    const reading = provider.read(deliveryOf(provider.name, file));
    const statements = reading.outcome === "read" ? reading.statements : [];
    const types = statements.map(({ noun }) => factTypeOf(noun) ?? noun);
    expect([...new Set(types)]).toEqual(expected);
    if (expected.length === 0) expect(reading.outcome).toBe("ignored");
    if (!withoutOpening.includes(file))
      expect(statements.filter((statement) => !comesToAFact(statement))).toEqual([]);
  });

  it.each(fixtures)("is not broken by $file", ({ file }) => {
    try {
      expect(provider.read(deliveryOf(provider.name, file)).outcome).toMatch(/^(read|ignored)$/);
    } catch (error) {
      expect(error).toBeInstanceOf(UnreadableDelivery);
      expect(exactGrades.includes(gradeOf(file)) && !unreadable.includes(file)).toBe(false);
    }
  });

  const gradeOf = (file: string) => fixtures.find((fixture) => fixture.file === file)?.grade ?? "";
});

describe.each(configurableProviders)("$name", (provider) => {
  it("has a page of its own: what becomes a fact, and the steps to connect it", () => {
    expect(readmeOf(provider.name)).toMatch(/^# .+\n[\s\S]*\|---\|[\s\S]*\n## /);
  });

  it("has a sign that can be drawn", () => {
    const { path, viewBox = "0 0 24 24" } = provider.guide.icon;
    expect(path).toMatch(/^[Mm][\s\d.,\-+eMmLlHhVvCcSsQqTtAaZz]+$/);
    expect(viewBox).toMatch(/^-?[\d.]+ -?[\d.]+ [\d.]+ [\d.]+$/);
  });

  it("stands in docs/providers.md as scripts/dump-providers.ts writes it", () => {
    expect(keptProvidersPage().split("\n")).toContain(providerRow(provider));
  });
});

it("docs/providers.md is what scripts/dump-providers.ts writes", () => {
  expect(keptProvidersPage()).toBe(providersPage());
});

it("a name of no provider is null, names of objects' own members too", () => {
  expect(providerNamed("nobody")).toBeNull();
  expect(providerNamed("constructor")).toBeNull();
});

function comesToAFact(statement: Statement): boolean {
  return mergeStatements(statement.noun, [statement as never]) !== null;
}
