import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { findChromium } from "@/scripts/test/find-chromium";
import { run, type StepResult } from "@/scripts/test/run-step";

type Counts = Omit<StepResult, "name">;

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Unit, property and database tests, counted by Vitest's own report. */
export async function runVitest(): Promise<Counts> {
  return withReport(async (file) => {
    const code = await run("vitest", [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${file}`,
    ]);
    const report = vitestReport.parse(JSON.parse(readFileSync(file, "utf8")));
    const skipped = report.numPendingTests + report.numTodoTests;
    return withExitCode(code, report.numPassedTests, report.numFailedTests, skipped);
  });
}

/** Browser tests, counted by Playwright's own report. A flaky test is a failed one. */
export async function runPlaywright(): Promise<Counts> {
  if (!existsSync("playwright.config.ts")) throw new Error("There is no playwright.config.ts.");
  const chromium = await findChromium();
  return withReport(async (file) => {
    const code = await run("playwright", ["test", "--reporter=list,json"], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
      ...(chromium ? { PUSHLINE_CHROMIUM: chromium } : {}),
    });
    const { stats } = playwrightReport.parse(JSON.parse(readFileSync(file, "utf8")));
    return withExitCode(code, stats.expected, stats.unexpected + stats.flaky, stats.skipped);
  });
}

/** A runner can fail without a failed test: a file that does not load, an error between tests. */
function withExitCode(code: number, passed: number, failed: number, skipped: number): Counts {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

async function withReport(work: (file: string) => Promise<Counts>): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "pushline-report-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
