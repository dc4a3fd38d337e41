import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areLinked, type IdentifiedReport, joinReports, spanOf } from "@/lib/deployments/identity";

const minute = 60_000;
const nobody = new Set<string>();

/** A report of `checkout` in production, from one minute to another. */
function report(
  source: string,
  [begin, end]: [number, number],
  code: { revision?: string; artifact?: string } = { revision: "r1" },
): IdentifiedReport {
  const key = `${source}/${begin}`;
  return {
    id: key,
    key,
    source,
    service: "checkout",
    environment: "production",
    revision: code.revision ?? null,
    artifact: code.artifact ?? null,
    beginsAt: begin * minute,
    endsAt: end * minute,
  };
}

const joined = (reports: readonly IdentifiedReport[], separated: ReadonlySet<string> = nobody) =>
  joinReports(reports, separated).map((cluster) => cluster.map(({ id }) => id));

describe("reports of different sources", () => {
  it("are one deployment by their revision or by their artifact", () => {
    const github = report("github", [0, 5]);
    const line = report("pipeline", [1, 4], { revision: "r1", artifact: "sha256:a" });
    const argocd = report("argocd", [5, 6], { revision: "manifests", artifact: "sha256:a" });
    expect(joined([argocd, line, github])).toEqual([["github/0", "pipeline/1", "argocd/5"]]);
  });

  it("are one where the last names the revision of the one and the artifact of the other", () => {
    const github = report("github", [0, 5]);
    const argocd = report("argocd", [2, 4], { artifact: "sha256:a" });
    const line = report("pipeline", [3, 4], { revision: "r1", artifact: "sha256:a" });
    expect(joined([github, argocd])).toEqual([["github/0"], ["argocd/2"]]);
    expect(joined([github, argocd, line])).toEqual([["github/0", "argocd/2", "pipeline/3"]]);
  });

  it("are not where that would give one source two: then the latest has it", () => {
    const [first, second] = [
      report("github", [0, 5]),
      report("github", [1, 5], { artifact: "sha256:a" }),
    ];
    const line = report("pipeline", [3, 4], { revision: "r1", artifact: "sha256:a" });
    expect(joined([first, second, line])).toEqual([["github/0"], ["github/1", "pipeline/3"]]);
  });

  it("are one up to 2 minutes apart, and two beyond", () => {
    expect(joined([report("github", [0, 5]), report("argocd", [7, 9])])).toHaveLength(1);
    expect(joined([report("github", [0, 5]), report("argocd", [7.01, 9])])).toHaveLength(2);
    expect(joined([report("github", [60, 65]), report("argocd", [0, 5])])).toHaveLength(2);
  });

  it("join the latest attempt of several", () => {
    const attempts = [report("github", [0, 1]), report("github", [2, 3])];
    expect(joined([...attempts, report("argocd", [3, 4])])).toEqual([
      ["github/0"],
      ["github/2", "argocd/3"],
    ]);
  });

  it("stay two in two environments, of two services, or where neither names its code", () => {
    const github = report("github", [0, 5]);
    const argocd = report("argocd", [0, 5]);
    expect(joined([github, { ...argocd, environment: "staging" }])).toHaveLength(2);
    expect(joined([github, { ...argocd, service: "web" }])).toHaveLength(2);
    const bare = { revision: null, artifact: null };
    expect(
      joined([
        { ...github, ...bare },
        { ...argocd, ...bare },
      ]),
    ).toHaveLength(2);
  });
});

it("lets two reports of one source be two", () => {
  expect(joined([report("github", [0, 5]), report("github", [1, 5])])).toHaveLength(2);
});

it("lets what a person separated stand alone, and the others be one still", () => {
  const reports = [report("github", [0, 5]), report("argocd", [1, 5]), report("pipeline", [2, 5])];
  expect(joined(reports, new Set(["argocd/1"]))).toEqual([
    ["github/0", "pipeline/2"],
    ["argocd/1"],
  ]);
});

describe("a report's span", () => {
  const times = { isFinal: true, queuedAt: null, startedAt: null, finishedAt: null, at: 9 };

  it("is from its start, else its queueing, its finish or where it stands", () => {
    const all = { ...times, queuedAt: 1, startedAt: 2, finishedAt: 5 };
    expect(spanOf(all)).toEqual({ beginsAt: 2, endsAt: 5 });
    expect(spanOf({ ...all, startedAt: null })).toEqual({ beginsAt: 1, endsAt: 5 });
    expect(spanOf({ ...times, finishedAt: 5 })).toEqual({ beginsAt: 5, endsAt: 5 });
    expect(spanOf(times)).toEqual({ beginsAt: 9, endsAt: 9 });
  });

  it("is an hour at most while its end is not told, and never negative", () => {
    const hour = 60 * minute;
    expect(spanOf({ ...times, isFinal: false, startedAt: 2 }).endsAt).toBe(2 + hour);
    expect(spanOf({ ...times, startedAt: 8, finishedAt: 3 })).toEqual({ beginsAt: 8, endsAt: 8 });
  });
});

describe("whatever is reported", () => {
  const anyReport = fc
    .record({
      source: fc.constantFrom("github", "argocd", "pipeline"),
      begin: fc.integer({ min: 0, max: 12 }),
      lasting: fc.integer({ min: 0, max: 6 }),
      revision: fc.constantFrom(undefined, "r1", "r2"),
      artifact: fc.constantFrom(undefined, "a1", "a2"),
      environment: fc.constantFrom("production", "production", "staging"),
    })
    .map(({ source, begin, lasting, revision, artifact, environment }) => ({
      ...report(source, [begin, begin + lasting], {
        ...(revision && { revision }),
        ...(artifact && { artifact }),
      }),
      environment,
    }));
  const anyReports = fc
    .array(anyReport, { maxLength: 14 })
    .map((reports) => reports.map((each, index) => ({ ...each, id: `${each.key}#${index}` })));
  const anySeparated = fc.array(fc.nat(13), { maxLength: 3 });
  const setOf = (reports: readonly IdentifiedReport[], indexes: readonly number[]) =>
    new Set(indexes.flatMap((index) => reports[index]?.id ?? []));

  it("the order in which it is told changes nothing", () => {
    fc.assert(
      fc.property(anyReports, anySeparated, fc.array(fc.nat()), (reports, indexes, keys) => {
        const separated = setOf(reports, indexes);
        const shuffled = reports
          .map((each, index) => ({ each, key: keys[index % Math.max(1, keys.length)] ?? index }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const expected = joined(reports, separated);
        expect(joined(shuffled.toReversed(), separated)).toEqual(expected);
        expect(joined([...reports, ...shuffled], separated)).toEqual(expected);
      }),
    );
  });

  it("every report is in one cluster, of which no source has two, and what is separated stands alone", () => {
    fc.assert(
      fc.property(anyReports, anySeparated, (reports, indexes) => {
        const separated = setOf(reports, indexes);
        const clusters = joinReports(reports, separated);
        const ids = clusters.flat().map(({ id }) => id);
        expect([...ids].sort()).toEqual(reports.map(({ id }) => id).sort());
        for (const cluster of clusters) {
          expect(new Set(cluster.map(({ source }) => source)).size).toBe(cluster.length);
          if (cluster.some(({ id }) => separated.has(id))) expect(cluster).toHaveLength(1);
        }
      }),
    );
  });

  it("reports that no chain of links connects say nothing of each other", () => {
    fc.assert(
      fc.property(anyReports, anySeparated, (reports, indexes) => {
        const separated = setOf(reports, indexes);
        const whole = joined(reports, separated).sort(byFirst);
        const parts = componentsOf(reports).flatMap((part) => joined(part, separated));
        expect(parts.sort(byFirst)).toEqual(whole);
      }),
    );
  });

  const byFirst = ([a = ""]: string[], [b = ""]: string[]) => (a < b ? -1 : a > b ? 1 : 0);
});

function componentsOf(reports: readonly IdentifiedReport[]): IdentifiedReport[][] {
  const left = new Set(reports);
  const components: IdentifiedReport[][] = [];
  for (const first of reports) {
    if (!left.delete(first)) continue;
    const component = [first];
    for (const each of component)
      for (const other of left)
        if (areLinked(each, other)) {
          left.delete(other);
          component.push(other);
        }
    components.push(component);
  }
  return components;
}
