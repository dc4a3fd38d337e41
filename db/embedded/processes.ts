import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Whether a process of this id exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The arguments a process was started with, joined by spaces; "" where it is gone. */
export function commandLine(pid: number): string {
  if (process.platform !== "linux") return askPs(pid, "command=");
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

/** When a process began, as an opaque text: tells a process from a later one with its id. */
export function birthMark(pid: number): string {
  if (process.platform !== "linux") return askPs(pid, "lstart=");
  // Field 22 of stat; the name in field 2 may hold spaces, so count from its closing bracket.
  return readStat(pid)[19] ?? "";
}

/** Postgres backends whose postmaster died and that still work in `dataFolder` (Linux only). */
export function backendsIn(dataFolder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid > 1 && pid !== process.pid)
    .filter(
      (pid) =>
        workingFolder(pid) === dataFolder && /^postgres\b|\/postgres /.test(commandLine(pid)),
    );
}

function isZombie(pid: number): boolean {
  return process.platform === "linux" && readStat(pid)[0] === "Z";
}

function readStat(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function askPs(pid: number, field: string): string {
  return spawnSync("ps", ["-o", field, "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
}
