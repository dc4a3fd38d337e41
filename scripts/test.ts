import { buildPages } from "@/scripts/start/build-pages";
import { check, type StepResult, step } from "@/scripts/test/run-step";
import { runPlaywright, runVitest } from "@/scripts/test/run-tests";

const only = readOnly(process.argv.slice(2));
const results: StepResult[] = [];

if (only !== "browser") {
  results.push(await check("Types", "tsc", ["--noEmit"]));
  results.push(await check("Style", "biome", ["check", "--error-on-warnings", "."]));
  results.push(await check("Imports", "tsx", ["scripts/check-imports.ts"]));
  results.push(await check("Floors", "tsx", ["scripts/check-floors.ts"]));
  results.push(await check("Schema", "tsx", ["scripts/dump-schema.ts", "--check"]));
  results.push(await step("Unit, property and database tests", runVitest));
}
if (only !== "unit") {
  results.push(await step("Build", build));
  results.push(await step("Browser tests", runPlaywright));
}

const flaky = results.flatMap((result) => result.flaky ?? []);
if (flaky.length > 0) console.log(`\nFlaky:\n${flaky.map((name) => `  ${name}`).join("\n")}`);
const failures = results.filter((result) => result.failed > 0).map((result) => result.name);
if (failures.length > 0) console.log(`\nFailed: ${failures.join("; ")}`);
const total = (count: "passed" | "failed" | "skipped") =>
  results.reduce((sum, result) => sum + result[count], 0);
console.log(`\n${total("passed")} passed, ${total("failed")} failed, ${total("skipped")} skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function build(): Promise<Omit<StepResult, "name">> {
  await buildPages(process.cwd(), console.log);
  return { passed: 0, failed: 0, skipped: 0 };
}

function readOnly(parameters: string[]): "unit" | "browser" | null {
  if (parameters.length === 0) return null;
  const [flag, value] = parameters[0]?.includes("=") ? parameters[0].split("=") : parameters;
  if (flag === "--only" && (value === "unit" || value === "browser")) return value;
  console.error("Usage: npm test [-- --only unit|browser]");
  process.exit(2);
}
