import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { birthMark, isAlive } from "@/db/embedded/processes";

/** Who holds a data folder. */
interface Holder {
  pid: number;
  birth: string;
}

/** Takes the data folder for this process; throws where another Pushline that lives has it. */
export function takeLock(lockFile: string): { release(): void } {
  const ours = JSON.stringify({ pid: process.pid, birth: birthMark(process.pid) });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const holder = lockHolder(lockFile);
    if (holder) throw new FolderInUse(holder.pid);
    rmSync(lockFile, { force: true });
    if (writeNew(lockFile, ours)) return { release: () => releaseLock(lockFile, ours) };
  }
  throw new Error(`${lockFile} keeps changing: is another Pushline starting just now?`);
}

/** The live process that holds the folder, if any; what a killed one left behind does not count. */
export function lockHolder(lockFile: string): Holder | null {
  const text = readText(lockFile);
  if (text === null) return null;
  try {
    const holder = JSON.parse(text) as Holder;
    const isSame = isAlive(holder.pid) && birthMark(holder.pid) === holder.birth;
    return isSame ? holder : null;
  } catch {
    return null;
  }
}

class FolderInUse extends Error {
  constructor(readonly pid: number) {
    super(
      `Another Pushline (process ${pid}) already uses this data folder. Stop it, or set PUSHLINE_DATA_DIR to another folder.`,
    );
    this.name = "FolderInUse";
  }
}

function writeNew(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx", mode: 0o600 });
    return readText(path) === text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function releaseLock(path: string, ours: string): void {
  if (readText(path) === ours) rmSync(path, { force: true });
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
