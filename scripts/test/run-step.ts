import { spawn } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** What one step of the checks came to; a step without tests counts only where it fails. */
export interface StepResult {
  name: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Names of the tests that passed at their second try. */
  flaky?: readonly string[];
}

/**
 * Runs a program of node_modules/.bin (or of PATH) with its output shown, each line behind `label`
 * where several run at once; answers its exit code.
 */
export async function run(
  program: string,
  parameters: string[],
  environment: Record<string, string> = {},
  label?: string,
): Promise<number> {
  const path = [resolve("node_modules/.bin"), process.env.PATH].join(delimiter);
  const child = spawn(program, parameters, {
    stdio: label === undefined ? "inherit" : ["inherit", "pipe", "pipe"],
    env: { ...process.env, PATH: path, ...environment },
  });
  if (label !== undefined)
    for (const output of [child.stdout, child.stderr]) showLines(label, output);
  return new Promise((done) => {
    child.on("error", (error) => {
      console.error(`${program} cannot be run: ${error.message}`);
      done(127);
    });
    // Unlike "exit" it comes after the last line.
    child.on("close", (code, signal) => done(signal ? 128 : (code ?? 1)));
  });
}

function showLines(label: string, output: Readable | null): void {
  if (output)
    createInterface({ input: output }).on("line", (line) => console.log(`${label} │ ${line}`));
}

/** Runs one step under its heading; a step that throws has failed. */
export async function step(
  name: string,
  work: () => Promise<Omit<StepResult, "name">>,
): Promise<StepResult> {
  console.log(`\n──── ${name} ────`);
  const started = Date.now();
  const result = await work().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`──── ${name}: ${result.failed === 0 ? "passed" : "FAILED"}, ${seconds} s`);
  return { name, ...result };
}

/** A step that is right or wrong as a whole. */
export async function check(
  name: string,
  program: string,
  parameters: string[],
): Promise<StepResult> {
  return step(name, async () => {
    const code = await run(program, parameters);
    return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  });
}
