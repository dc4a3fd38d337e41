import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

const readyWithinMilliseconds = 60_000;
const stoppedWithinMilliseconds = 10_000;

/** A server of Prometheus's family, running until it is stopped. */
export interface Program {
  url: string;
  /** The end of what it has said. */
  said(): string;
  close(): Promise<void>;
}

/**
 * Starts it on a free port of loopback and resolves when it is ready. Throws,
 * with what the program said, when it ends or is not ready within a minute.
 */
export async function startProgram(path: string, parameters: string[]): Promise<Program> {
  const listens = "--web.listen-address=127.0.0.1:0";
  const child = spawn(path, [...parameters, listens], { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let failure: Error | null = null;
  child.on("error", (error) => {
    failure = error;
  });
  let text = "";
  const keep = (bytes: Buffer) => {
    text = (text + bytes.toString()).slice(-20_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const stop = async () => {
    process.off("exit", kill);
    await end(child);
  };

  const giveUpAt = Date.now() + readyWithinMilliseconds;
  while (Date.now() < giveUpAt && !failure && !hasEnded(child)) {
    // Told to take any port, it says which one it took.
    const address = /msg="Listening on" address=(\S+)/.exec(text)?.[1];
    if (address && (await isReady(`http://${address}`)))
      return { url: `http://${address}`, said: () => text, close: stop };
    await sleep(50);
  }
  await stop();
  throw new Error(`${path} did not become ready.\n${failure ?? ""}\n${text}`);
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/-/ready`).catch(() => null);
  return response?.ok === true;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const patience = setTimeout(() => child.kill("SIGKILL"), stoppedWithinMilliseconds);
  await ended;
  clearTimeout(patience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
