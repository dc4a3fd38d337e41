import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";

/** git could not do what was asked, in words for whoever asked. */
export class GitError extends Error {}

const errorBytesAtMost = 4_000;

/** What git prints, whole, without its last line's end. Throws GitError. */
export async function gitText(clone: string, parameters: readonly string[]): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of gitOutput(clone, parameters)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8").replace(/\n$/, "");
}

/** The same, and null where git says no: a name that is not there, a setting that is not set. */
export async function gitAnswer(
  clone: string,
  parameters: readonly string[],
): Promise<string | null> {
  try {
    return (await gitText(clone, parameters)) || null;
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

/**
 * What git prints, as it prints it, so that a history of any length passes through.
 * `input` is what it reads. Throws GitError with git's own last words.
 */
export async function* gitOutput(
  clone: string,
  parameters: readonly string[],
  input = "",
): AsyncGenerator<Buffer> {
  const git = start(clone, parameters);
  let said = "";
  git.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString("utf8")).slice(-errorBytesAtMost);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    git.on("error", reject);
    git.on("close", resolve);
  });
  // Whoever stops reading early is not told of it twice.
  ended.catch(() => undefined);
  // A git that ends early closes its input; its exit says why.
  git.stdin.on("error", () => undefined);
  git.stdin.end(input);
  try {
    for await (const chunk of git.stdout) yield chunk as Buffer;
    const code = await ended.catch(() => {
      throw new GitError("git cannot be run: is it installed, and is that a folder?");
    });
    if (code !== 0) throw new GitError(said.trim() || `git ended with ${code}.`);
  } finally {
    git.kill();
  }
}

function start(
  clone: string,
  parameters: readonly string[],
): ChildProcessByStdio<Writable, Readable, Readable> {
  // The history as it was made, whatever the user's own settings show.
  const settings = ["log.showSignature=false", "log.showRoot=true", "diff.renames=false"];
  return spawn("git", [...settings.flatMap((setting) => ["-c", setting]), ...parameters], {
    cwd: clone,
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      ...process.env,
      LC_ALL: "C",
      GIT_NO_REPLACE_OBJECTS: "1",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_TERMINAL_PROMPT: "0",
    },
  });
}
