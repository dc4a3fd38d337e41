import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The user Postgres runs as, where that is not ourselves. */
export interface OperatingUser {
  name: string;
  uid: number;
  gid: number;
}

/** Postgres refuses root: as root, an unprivileged user of the machine; null for an ordinary user. */
export function operatingUser(): OperatingUser | null {
  if (process.getuid?.() !== 0) return null;
  // Postgres looks its own user up, so only users with an entry will do.
  const users = readFileSync("/etc/passwd", "utf8").split("\n").flatMap(readEntry);
  for (const name of ["postgres", "nobody"]) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (user) return user;
  }
  throw new Error(
    'Postgres does not run as root, and this machine has neither a user "postgres" nor "nobody". Start Pushline as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether `user` can enter or run `path`; asked of the system, since modes alone do not tell. */
export function canReach(path: string, user: OperatingUser): boolean {
  return spawnSync("/bin/sh", ["-c", 'test -x "$0"', path], runAs(user)).status === 0;
}

/** Options of spawn for a program of Postgres: its user, a folder that user can enter, a bare environment. */
export function runAs(user: OperatingUser | null) {
  const env = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  return user ? { uid: user.uid, gid: user.gid, cwd: "/", env } : { env };
}

function readEntry(line: string): OperatingUser[] {
  const [name, , uid, gid] = line.split(":");
  if (!name || uid === undefined || gid === undefined) return [];
  // macOS writes nobody as -2.
  return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
}
