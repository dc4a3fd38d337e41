import { describe, expect, it } from "vitest";
import { event, read } from "@/lib/sources/cdevents/testing";
import { factOf } from "@/lib/sources/testing/reading";

describe("a run of tests", () => {
  const customData = { repository: "acme/checkout", revision: "4f2c9d1", branch: "main" };
  const suite = { id: "run-1", content: { testSuite: { id: "7", name: "unit" } } };
  const caseOf = (id: string, outcome: string, more: object = {}) =>
    event(
      "testcaserun.finished.0.2.0",
      {
        id,
        content: { testCase: { id, name: `case ${id}` }, testSuiteRun: { id: "run-1" }, outcome },
      },
      2,
      { customData: more },
    );

  it("is a test run where it names its repository, else a build like the published samples", () => {
    const started = event("testsuiterun.started.0.2.0", suite, 0, { customData });
    const finished = event(
      "testsuiterun.finished.0.2.0",
      { ...suite, content: { ...suite.content, outcome: "pass" } },
      3,
      { customData: { ...customData, tests: 12, flaky: 1, coverage: 0.8 } },
    );
    expect(factOf("test_run", [...finished, ...started])?.members).toEqual({
      ...customData,
      name: "unit",
      status: "succeeded",
      startedAt: "2026-01-01T10:00:00.000Z",
      finishedAt: "2026-01-01T10:03:00.000Z",
      tests: 12,
      flaky: 1,
      coverage: 0.8,
    });
    expect(read("testsuiterun.finished")[0]?.noun).toBe("build");
  });

  it("is counted by its cases where it does not count, in whatever order they come", () => {
    const told = [
      ...caseOf("a", "pass", { durationSeconds: 4 }),
      ...event("testsuiterun.finished.0.2.0", suite, 3, { customData }),
      ...caseOf("b", "fail"),
      ...caseOf("c", "cancel"),
    ];
    for (const statements of [told, [...told].reverse()])
      expect(factOf("test_run", statements)?.members).toMatchObject({
        tests: 3,
        failed: 1,
        skipped: 1,
        cases: {
          "/ci#a": { name: "case a", status: "succeeded", seconds: 4 },
          "/ci#b": { name: "case b", status: "failed", seconds: null },
        },
      });
  });

  it("of one case and no suite is a run of its own", () => {
    const content = { testCase: { name: "smoke" }, outcome: "error" };
    const told = event("testcaserun.finished", { content }, 1, { customData });
    expect(factOf("test_run", told)?.members).toMatchObject({
      repository: "acme/checkout",
      name: "smoke",
      status: "failed",
      tests: 1,
      failed: 1,
    });
  });
});
