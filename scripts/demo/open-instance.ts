import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { DemoError } from "@/scripts/demo/send";

/** Installing is behind us; building on a slow machine is not. */
const patienceMilliseconds = 600_000;

export interface OwnInstance {
  /** Resolves with its exit code when it has ended, by itself or by Ctrl-C. */
  ended: Promise<number>;
  stop(): void;
}

/**
 * Starts a Pushline of the demo's own (its pushline.yaml, its data folder, without
 * sign-in, on loopback) and resolves when it takes deliveries.
 */
export async function openInstance(url: string): Promise<OwnInstance> {
  const { hostname, port } = new URL(url);
  const child = spawn(
    process.execPath,
    ["scripts/bootstrap.mjs", "scripts/start.ts", "--without-sign-in"],
    {
      stdio: "inherit",
      env: {
        ...process.env,
        HOST: hostname,
        PORT: port || "3000",
        PUSHLINE_CONFIG: "scripts/demo/pushline.yaml",
        PUSHLINE_DATA_DIR: process.env.PUSHLINE_DATA_DIR || ".pushline-demo",
        PUSHLINE_BASE_URL: "",
      },
    },
  );
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  const stop = () => void child.kill("SIGTERM");
  // The terminal sends Ctrl-C to both of us: we wait for it to finish what is in flight.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  process.once("exit", stop);
  await ready(url, child);
  return { ended, stop };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + patienceMilliseconds;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new DemoError("The demo's own instance did not start; it says above why.");
    const answer = await fetch(new URL("/readyz", url)).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > until) throw new DemoError(`${url} was not ready in time.`);
    await setTimeout(200);
  }
}
