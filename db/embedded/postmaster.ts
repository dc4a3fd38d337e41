import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import type { NativePrograms } from "@/db/embedded/native";
import { type OperatingUser, runAs } from "@/db/embedded/operating-user";
import { type Place, socketName } from "@/db/embedded/place";
import { backendsIn, commandLine, isAlive } from "@/db/embedded/processes";

/** A running Postgres: started by us (then `child` is there) or found running. */
export interface Postmaster {
  pid: number;
  child: ChildProcess | null;
}

export interface LaunchOptions {
  place: Place;
  programs: NativePrograms;
  user: OperatingUser | null;
  /** For tests alone: a crash may lose everything. */
  unsafeFast: boolean;
  log: (line: string) => void;
}

const pollMilliseconds = 10;

/** A postmaster that an earlier, killed app left running on these files; a stale pid file is removed. */
export function findPostmaster(place: Place): Postmaster | null {
  const pidFile = join(place.cluster, "postmaster.pid");
  const pid = Number(readLines(pidFile)[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (isAlive(pid) && isPostgresOn(place, pid)) return { pid, child: null };
  rmSync(pidFile, { force: true });
  return null;
}

/** Whether a found postmaster was started by these programs with these settings. */
export function isSameLaunch(found: Postmaster, options: LaunchOptions): boolean {
  const expected = [options.programs.postgres, ...launchArguments(options)].join(" ");
  return commandLine(found.pid) === expected;
}

/** Starts Postgres and waits until it takes connections; throws with the end of its log. */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  const { place, programs, user } = options;
  const other = findPostmaster(place);
  if (other) throw new Error(`Another Postgres (process ${other.pid}) runs on this data.`);
  endOrphans(place, options.log);
  removeSocket(place);
  const logHandle = openLog(place.logFile);
  // Its own session: Ctrl-C in the terminal must reach the app first, and Postgres through it.
  const child = spawn(programs.postgres, launchArguments(options), {
    ...runAs(user),
    stdio: ["ignore", logHandle, logHandle],
    detached: true,
  });
  closeSync(logHandle);
  child.unref();
  const failure = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`Postgres did not start (${signal ?? code}):\n${endOfLog(place.logFile)}`)),
    );
  });
  await Promise.race([failure, untilReady(place, () => child.pid ?? 0, options.log)]);
  failure.catch(() => undefined);
  return { pid: child.pid as number, child };
}

/** Waits for a found postmaster, which may still be recovering. */
export async function awaitPostmaster(found: Postmaster, options: LaunchOptions): Promise<void> {
  await untilReady(options.place, () => found.pid, options.log);
}

/** Fast shutdown: clients are cut, everything is written. After `patienceMilliseconds`, harder. */
export async function stopPostmaster(
  postmaster: Postmaster,
  patienceMilliseconds = 10_000,
): Promise<void> {
  const end = Date.now() + patienceMilliseconds;
  signal(postmaster.pid, "SIGINT");
  while (isAlive(postmaster.pid) && Date.now() < end) await pause(pollMilliseconds);
  if (!isAlive(postmaster.pid)) return;
  // Immediate: the next start replays the journal; nothing committed is lost.
  signal(postmaster.pid, "SIGQUIT");
  while (isAlive(postmaster.pid) && Date.now() < end + 2_000) await pause(pollMilliseconds);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone, which is what every caller wants.
  }
}

function launchArguments({ place, unsafeFast }: LaunchOptions): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "",
    unix_socket_directories: place.socketFolder,
    unix_socket_permissions: "0700",
    max_connections: unsafeFast ? "150" : "80",
    shared_buffers: "128MB",
    work_mem: "16MB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    // A failed statement's text may hold what people sent us.
    log_min_error_statement: "panic",
    ...(unsafeFast
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }
      : {}),
  };
  return [
    "-D",
    place.cluster,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

async function untilReady(
  place: Place,
  pid: () => number,
  log: (line: string) => void,
): Promise<void> {
  const started = Date.now();
  let told = false;
  for (;;) {
    const lines = readLines(join(place.cluster, "postmaster.pid"));
    if (Number(lines[0]) === pid() && lines[7]?.trim() === "ready") return;
    if (pid() > 0 && !isAlive(pid()))
      throw new Error(`Postgres ended while starting:\n${endOfLog(place.logFile)}`);
    const waited = Date.now() - started;
    if (waited > 3_000 && !told) {
      told = true;
      log("Postgres is replaying its journal after a crash; this can take a minute.");
    }
    if (waited > 600_000) throw new Error("Postgres was not ready after ten minutes.");
    await pause(pollMilliseconds);
  }
}

/** Backends of a killed postmaster hold its shared memory, and a new one refuses to start beside them. */
function endOrphans(place: Place, log: (line: string) => void): void {
  const orphans = backendsIn(place.cluster);
  if (orphans.length === 0) return;
  log(`Ending ${orphans.length} processes that a killed Postgres left behind.`);
  for (const pid of orphans) signal(pid, "SIGQUIT");
}

/** No postmaster runs on the data, so whatever the socket's lock file says is stale. */
function removeSocket(place: Place): void {
  const socket = join(place.socketFolder, socketName);
  for (const path of [socket, `${socket}.lock`]) rmSync(path, { force: true });
}

function isPostgresOn(place: Place, pid: number): boolean {
  const command = commandLine(pid);
  return command.includes("postgres") && command.includes(`-D ${place.cluster}`);
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10_000_000) truncateSync(path);
  const handle = openSync(path, "a", 0o600);
  chmodSync(path, 0o600);
  return handle;
}

function endOfLog(path: string): string {
  return readLines(path).slice(-12).join("\n").trim();
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
