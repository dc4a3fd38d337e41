import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import playwright from "@/playwright.config";
import {
  countBrowserTests,
  type Ended,
  playwrightReport,
} from "@/scripts/test/count-browser-tests";
import { findChromium } from "@/scripts/test/find-chromium";
import { run, type StepResult } from "@/scripts/test/run-step";

type Counts = Omit<StepResult, "name">;

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
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

/**
 * Browser tests, counted by Playwright's own reports: its projects run at once, each in a process
 * of its own with its own server, after the pages were built.
 */
export async function runPlaywright(): Promise<Counts> {
  if (!existsSync("playwright.config.ts")) throw new Error("There is no playwright.config.ts.");
  const chromium = await findChromium();
  const names = (playwright.projects ?? []).map(({ name = "" }) => name);
  return countBrowserTests(await Promise.all(names.map((name) => runProject(name, chromium))));
}

async function runProject(name: string, chromium: string | null): Promise<Ended> {
  return withReport(async (file) => {
    // One process clears its own folder alone.
    const output = join("test-results", name.replaceAll(" ", "-"));
    const code = await run(
      "playwright",
      ["test", `--project=${name}`, `--output=${output}`, "--reporter=list,json"],
      {
        PLAYWRIGHT_JSON_OUTPUT_FILE: file,
        ...(chromium ? { PUSHLINE_CHROMIUM: chromium } : {}),
      },
      name,
    );
    return { code, report: readReport(name, file) };
  });
}

function readReport(name: string, file: string): Ended["report"] {
  try {
    return playwrightReport.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    console.error(`${name} left no report that can be read: ${String(error)}`);
    return null;
  }
}

/** A runner can fail without a failed test: a file that does not load, an error between tests. */
function withExitCode(code: number, passed: number, failed: number, skipped: number): Counts {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

async function withReport<Result>(work: (file: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "pushline-report-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
