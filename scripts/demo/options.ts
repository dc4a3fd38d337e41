import { parseArgs } from "node:util";
import { isLoopbackAddress } from "@/lib/http/loopback";
import { demoSecrets } from "@/scripts/demo/secrets";
import { DemoError } from "@/scripts/demo/send";

export const usage = `npm run demo -- [options]

Fills a running instance with the history of a simulated shop, through its public endpoints.

  --open              start an instance of its own to fill: on loopback, without sign-in,
                      data in .pushline-demo; it runs until Ctrl-C
  --url URL           the instance               (http://127.0.0.1:3000)
  --token TOKEN       scopes ingest and read     ($PUSHLINE_TOKEN, else the demo's own)
  --seed TEXT         another history            (pushline)
  --now TIME          where the history ends     (this moment)
  --days N            how long it is             (90)
  --services N        how many services          (14; more are added beyond that)
  --truth FILE        the ground truth goes here (demo-truth.json)
  --live              go on in real time afterwards, until Ctrl-C
  --no-metrics        no service metrics
  --fast              for benchmarks: native events in batches, no builds, no metrics
  --scale N           N times as many changes and deployments
  --connections N     requests at once           (24)
  --anyway            although the instance has deployments already
  --print-config      print the pushline.yaml that fits, and end
  --help
`;

export interface Options {
  url: string;
  token: string;
  seed: string;
  now: number;
  days: number;
  services: number;
  truth: string;
  live: boolean;
  metrics: boolean;
  fast: boolean;
  scale: number;
  connections: number;
  anyway: boolean;
  /** Fills an instance that it starts itself. */
  open: boolean;
  printConfig: boolean;
  help: boolean;
}

/** The command line, read; throws a DemoError that says what is wrong with it. */
export function readOptions(
  argv: string[],
  environment: Record<string, string | undefined>,
  present: number,
): Options {
  const given = parse(argv);
  const options: Options = {
    url: addressOf(given.url ?? "http://127.0.0.1:3000"),
    token: given.token ?? environment.PUSHLINE_TOKEN ?? demoSecrets.token,
    seed: given.seed ?? "pushline",
    now: given.now ? timeOf(given.now) : Math.floor(present / 1000) * 1000,
    days: numberOf("--days", given.days ?? "90", 1, 730),
    services: numberOf("--services", given.services ?? "14", 1, 5000),
    truth: given.truth ?? "demo-truth.json",
    live: given.live ?? false,
    metrics: !(given["no-metrics"] ?? false) && !(given.fast ?? false),
    fast: given.fast ?? false,
    scale: numberOf("--scale", given.scale ?? "1", 0.1, 1000),
    connections: numberOf("--connections", given.connections ?? "24", 1, 256),
    anyway: given.anyway ?? false,
    open: given.open ?? false,
    printConfig: given["print-config"] ?? false,
    help: given.help ?? false,
  };
  if (options.live && Math.abs(present - options.now) > 10 * 60_000)
    throw new DemoError("--live goes on from this moment: leave --now out.");
  if (options.open && !isLoopback(options.url))
    throw new DemoError("--open starts an instance without sign-in: only ever on 127.0.0.1.");
  return options;
}

function isLoopback(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && isLoopbackAddress(hostname);
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        url: { type: "string" },
        token: { type: "string" },
        seed: { type: "string" },
        now: { type: "string" },
        days: { type: "string" },
        services: { type: "string" },
        truth: { type: "string" },
        live: { type: "boolean" },
        "no-metrics": { type: "boolean" },
        fast: { type: "boolean" },
        scale: { type: "string" },
        connections: { type: "string" },
        anyway: { type: "boolean" },
        open: { type: "boolean" },
        "print-config": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new DemoError(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  }
}

function addressOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new DemoError(`--url ${text}: expected an address like http://127.0.0.1:3000`);
}

function timeOf(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new DemoError(`--now ${text}: expected a time like 2026-11-21T14:00:00Z`);
  return Math.floor(at / 1000) * 1000;
}

function numberOf(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= low && value <= high) return value;
  throw new DemoError(`${name} ${text}: expected a number from ${low} to ${high}`);
}
