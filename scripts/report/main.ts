import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { eventOf } from "./event";
import { type Options, readOptions, UsageError, usage } from "./options";
import { type Outcome, send } from "./send";

type Environment = Readonly<Record<string, string | undefined>>;

/** Reports one event. Answers the exit code: 0 stored, 1 not reached, 2 not understood or refused. */
export async function main(parameters: readonly string[], environment: Environment) {
  try {
    const options = readOptions(parameters, environment);
    if (options.kind === "help") {
      console.log(usage);
      return 0;
    }
    return await report(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`pushline: ${error.message}`);
    return 2;
  }
}

async function report(options: Extract<Options, { kind: "report" }>): Promise<number> {
  const { address, token, isDry } = options;
  const content =
    options.junit === null
      ? {
          type: "application/json",
          body: Buffer.from(JSON.stringify(eventOf(options, new Date()))),
        }
      : { type: "application/xml", body: readReport(options.junit) };
  if (isDry) {
    console.log(`POST ${address}\n${content.body.toString()}`);
    return 0;
  }
  const outcome = await send({ address, token, ...content }, (waitSeconds, why) => {
    console.error(`pushline: ${why}; trying again in ${waitSeconds} s.`);
    return setTimeout(waitSeconds * 1000);
  });
  return tell(outcome);
}

function tell(outcome: Outcome): number {
  switch (outcome.kind) {
    case "stored":
      console.log(outcome.answer);
      return 0;
    case "refused":
      console.error(`pushline: refused with ${outcome.status}: ${outcome.detail}`);
      return 2;
    case "unreachable":
      console.error(`pushline: given up: ${outcome.why}`);
      return 1;
  }
}

function readReport(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new UsageError(`--junit: ${file} cannot be read.`);
  }
}
