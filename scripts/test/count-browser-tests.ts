import { z } from "zod";

/** What Playwright's own report says that is counted here. */
interface Suite {
  specs: {
    title: string;
    file: string;
    line: number;
    tests: { status: "expected" | "unexpected" | "flaky" | "skipped" }[];
  }[];
  suites?: Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      line: z.number(),
      tests: z.array(z.object({ status: z.enum(["expected", "unexpected", "flaky", "skipped"]) })),
    }),
  ),
  get suites() {
    return z.array(suite).optional();
  },
});

export const playwrightReport = z.object({ suites: z.array(suite) });

/** How one process of Playwright ended; `report` is null where it left none that can be read. */
export interface Ended {
  /** Its exit code. */
  code: number;
  report: z.infer<typeof playwrightReport> | null;
}

/**
 * Several processes' tests as one count. A flaky test, one that passed at its second try, is a
 * failed one, and named. A process that ends badly without a failed test (a file that does not
 * load, an error between tests) counts as one failure.
 */
export function countBrowserTests(ended: readonly Ended[]): {
  passed: number;
  failed: number;
  skipped: number;
  /** The tests' names with their places. */
  flaky: string[];
} {
  const counts = { passed: 0, failed: 0, skipped: 0, flaky: [] as string[] };
  for (const { code, report } of ended) {
    const tests = (report?.suites ?? []).flatMap(testsOf);
    const withStatus = (status: string) => tests.filter((test) => test.status === status);
    const flaky = withStatus("flaky").map(({ name }) => name);
    const failed = withStatus("unexpected").length + flaky.length;
    counts.passed += withStatus("expected").length;
    counts.skipped += withStatus("skipped").length;
    counts.failed += failed === 0 && (code !== 0 || report === null) ? 1 : failed;
    counts.flaky.push(...flaky);
  }
  return counts;
}

function testsOf({ specs, suites = [] }: Suite): { name: string; status: string }[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests.map(({ status }) => ({ name: `${title} (${file}:${line})`, status })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}
