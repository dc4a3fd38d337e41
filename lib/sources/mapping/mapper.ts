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

/** What the same request always comes to. */
export type Answered =
  | { events: { rule: number; event: Record<string, unknown> }[] }
  | { failure: { code: string; place: string | null; expected: string } };
/** Unfinished is what a clock or somebody outside ended: another time it may come to an end. */
export type Mapped = Answered | { unfinished: string };

/**
 * Steps, lists and memory are counted inside and end what does not. This ends one step without
 * end, as of a pattern: far above what any other takes, for a slow machine is not the mapping's fault.
 */
const patienceSeconds = 10;
/** Somebody looks at a page until it is over. */
const trialSeconds = 2;
const startSeconds = 30;
const memoryExitCode = 3;

/**
 * Runs mappings one after another in a process of their own, without a secret, bounded in
 * steps, memory and time; never rejects. Trials have a line and a process for themselves.
 */
export function runMapping(request: MappingRequest, isTrial: boolean): Promise<Mapped> {
  const line = oncePerProcess<Line>(isTrial ? "mapper for trials" : "mapper", () => ({
    worker: null,
    answered: 0,
    under: Promise.resolve(),
  }));
  const turn = line.under.then(() => run(line, request, isTrial ? trialSeconds : patienceSeconds));
  line.under = turn;
  return turn;
}

interface Line {
  /** Null until one is needed: one that had to be ended is not begun again for nobody. */
  worker: ChildProcess | null;
  /** How many requests the worker has answered. */
  answered: number;
  /** Resolves when all that was asked before has been answered. */
  under: Promise<unknown>;
}

type Heard = { answer: unknown } | { ended: "time" | "memory" | "outside" };

async function run(line: Line, request: MappingRequest, seconds: number): Promise<Mapped> {
  const isFresh = line.answered === 0;
  const heard = await ask(line, request, seconds);
  if ("answer" in heard) return heard.answer as Answered;
  switch (heard.ended) {
    case "time":
      return { unfinished: `Its mapping had to be stopped after ${seconds} seconds.` };
    case "outside":
      return { unfinished: "The process that its mapping ran in was ended." };
    case "memory":
      // What others left in memory may have been what was too much.
      return isFresh ? endless("an end within 128 MB of memory") : run(line, request, seconds);
  }
}

async function ask(line: Line, request: MappingRequest, seconds: number): Promise<Heard> {
  const isNew = line.worker === null || isGone(line.worker);
  const worker = line.worker && !isNew ? line.worker : startWorker();
  line.worker = worker;
  holdOpen(worker, true);
  // Its start is the machine's matter, and does not count against a mapping.
  let heard: Heard = isNew ? await firstOf(worker, startSeconds) : { answer: "ready" };
  if ("answer" in heard)
    heard = await firstOf(worker, seconds, () => worker.send(request, () => undefined));
  else heard = { ended: "outside" };
  holdOpen(worker, false);
  if ("answer" in heard) {
    line.answered += 1;
    return heard;
  }
  line.worker = null;
  line.answered = 0;
  worker.kill("SIGKILL");
  return heard;
}

/** Whether this process waits for it before it ends by itself. */
function holdOpen(worker: ChildProcess, isHeld: boolean): void {
  if (isHeld) worker.ref();
  else worker.unref();
  if (isHeld) worker.channel?.ref();
  else worker.channel?.unref();
}

/** The first message after `begin`, or why none came within so many seconds. */
function firstOf(
  worker: ChildProcess,
  seconds: number,
  begin: () => void = () => undefined,
): Promise<Heard> {
  return new Promise((settle) => {
    const hear = (answer: unknown) => end({ answer });
    // Where V8 itself gives up for want of memory, it aborts.
    const lose = (code: number | null, signal: string | null) =>
      end({ ended: code === memoryExitCode || signal === "SIGABRT" ? "memory" : "outside" });
    const timer = setTimeout(() => end({ ended: "time" }), seconds * 1000);
    const end = (heard: Heard) => {
      clearTimeout(timer);
      worker.off("message", hear).off("exit", lose);
      settle(heard);
    };
    worker.on("message", hear).on("exit", lose);
    begin();
  });
}

/** It was ended while nobody asked anything of it. */
function isGone({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
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

function endless(expected: string): Answered {
  return { failure: { code: "mapping_endless", place: null, expected } };
}
