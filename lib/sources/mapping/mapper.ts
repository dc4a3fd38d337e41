import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { oncePerProcess } from "@/lib/once-per-process";

/** What is asked of the worker: texts, so that no value of ours is shared with it. */
export interface MappingRequest {
  /** The rules as JSON: also what the worker knows compiled ones by. */
  mapping: string;
  body: string;
  headers: Record<string, string>;
  receivedAt: string;
}

export type Mapped =
  | { events: { rule: number; event: Record<string, unknown> }[] }
  | { failure: { code: string; place: string | null; expected: string } };

/** Steps are counted inside and end what does not; this ends one step without end, as of a pattern. */
const patienceMilliseconds = 2_000;
const startMilliseconds = 30_000;
/** A mapping that had to be ended so often within a minute is not begun again for the rest of it. */
const endingsAtMost = 3;
const restMilliseconds = 60_000;

/**
 * Runs mappings one after another in a process of their own, without a secret, bounded in
 * steps, memory and time; never rejects. One for projection and previews alike.
 */
export function runMapping(request: MappingRequest): Promise<Mapped> {
  const line = oncePerProcess<Line>("mapper", () => ({
    worker: null,
    isReady: false,
    under: Promise.resolve(),
    endings: new Map(),
  }));
  const turn = line.under.then(() => run(line, request));
  line.under = turn;
  return turn;
}

interface Line {
  worker: ChildProcess | null;
  isReady: boolean;
  /** Resolves when all that was asked before has been answered. */
  under: Promise<unknown>;
  /** When each mapping had to be ended lately. */
  endings: Map<string, number[]>;
}

async function run(line: Line, request: MappingRequest): Promise<Mapped> {
  const now = performance.now();
  const recent = (line.endings.get(request.mapping) ?? []).filter(
    (ending) => now - ending < restMilliseconds,
  );
  if (recent.length >= endingsAtMost) return endless("an end: it had to be stopped several times");
  line.endings.delete(request.mapping);
  if (recent.length > 0) line.endings.set(request.mapping, recent);
  const answer = await ask(line, request);
  if (answer) return answer;
  line.endings.set(request.mapping, [...recent, performance.now()]);
  return endless("an end within two seconds and 128 MB of memory");
}

/** Null where the worker had to be ended or ended by itself. */
async function ask(line: Line, request: MappingRequest): Promise<Mapped | null> {
  const worker = line.worker ?? startWorker();
  line.worker = worker;
  holdOpen(worker, true);
  // Its start is the machine's matter, and does not count against a mapping.
  if (!line.isReady) line.isReady = (await firstOf(worker, startMilliseconds)) === "ready";
  const answer = line.isReady
    ? await firstOf(worker, patienceMilliseconds, () => worker.send(request, () => undefined))
    : null;
  holdOpen(worker, false);
  if (answer) return answer as Mapped;
  line.worker = null;
  line.isReady = false;
  worker.kill("SIGKILL");
  return null;
}

/** Whether this process waits for it before it ends by itself. */
function holdOpen(worker: ChildProcess, isHeld: boolean): void {
  if (isHeld) worker.ref();
  else worker.unref();
  if (isHeld) worker.channel?.ref();
  else worker.channel?.unref();
}

/** The first message after `begin`; null when it ends or keeps silent for so long. */
function firstOf(
  worker: ChildProcess,
  milliseconds: number,
  begin: () => void = () => undefined,
): Promise<unknown> {
  return new Promise((settle) => {
    const hear = (message: unknown) => end(message);
    const lose = () => end(null);
    const timer = setTimeout(lose, milliseconds);
    const end = (answer: unknown) => {
      clearTimeout(timer);
      worker.off("message", hear).off("exit", lose);
      settle(answer);
    };
    worker.on("message", hear).on("exit", lose);
    begin();
  });
}

/** A process, for memory that runs out ends what it belongs to, and a thread belongs to the server. */
function startWorker(): ChildProcess {
  // By a path, since pages are bundled: the file itself is always where the process was started.
  const worker = spawn(process.execPath, [resolve("lib/sources/mapping/worker.mjs")], {
    env: { NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // One that cannot be started or spoken to is ended by the patience with it.
  worker.on("error", () => undefined);
  return worker;
}

function endless(expected: string): Mapped {
  return { failure: { code: "mapping_endless", place: null, expected } };
}
