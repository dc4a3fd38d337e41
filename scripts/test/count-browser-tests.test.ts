import { describe, expect, test } from "vitest";
import { countBrowserTests, playwrightReport } from "@/scripts/test/count-browser-tests";

/** A report as Playwright writes it: a suite of the file, in it one of a `describe`. */
function reportOf(...statuses: string[]) {
  const specs = statuses.map((status, index) => ({
    title: `test ${index}`,
    ok: status !== "unexpected",
    tags: [],
    tests: [{ projectName: "every page", status, results: [] }],
    file: "pages.browser.test.ts",
    line: index + 1,
  }));
  const [first, ...rest] = specs;
  return playwrightReport.parse({
    config: {},
    suites: [
      {
        title: "pages.browser.test.ts",
        specs: first ? [first] : [],
        suites: [{ title: "on a phone", specs: rest }],
      },
    ],
    errors: [],
    stats: {},
  });
}

describe("countBrowserTests", () => {
  test("adds the processes up, whatever suite a test stands in", () => {
    const ended = [
      { code: 0, report: reportOf("expected", "expected", "skipped") },
      { code: 1, report: reportOf("expected", "unexpected") },
    ];
    expect(countBrowserTests(ended)).toEqual({ passed: 3, failed: 1, skipped: 1, flaky: [] });
  });

  test("a flaky test is a failed one, and named", () => {
    const ended = [
      { code: 0, report: reportOf("expected", "flaky") },
      { code: 0, report: reportOf("flaky") },
    ];
    expect(countBrowserTests(ended)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
      flaky: ["test 1 (pages.browser.test.ts:2)", "test 0 (pages.browser.test.ts:1)"],
    });
  });

  test("a process that ends badly without a failed test is a failure", () => {
    const counts = countBrowserTests([{ code: 1, report: reportOf("expected") }]);
    expect(counts).toMatchObject({ passed: 1, failed: 1 });
  });

  test("so is one that left no report, and the other is counted all the same", () => {
    const ended = [
      { code: 0, report: null },
      { code: 0, report: reportOf("expected") },
    ];
    expect(countBrowserTests(ended)).toMatchObject({ passed: 1, failed: 1 });
  });

  test("a failed test is not counted twice for its exit code", () => {
    const counts = countBrowserTests([{ code: 1, report: reportOf("unexpected", "unexpected") }]);
    expect(counts.failed).toBe(2);
  });
});
