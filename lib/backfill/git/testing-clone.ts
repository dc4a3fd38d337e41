import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A repository in a folder of its own, made commit by commit at moments that a test names. */
export class TestClone {
  readonly folder = mkdtempSync(join(tmpdir(), "pushline-clone-"));

  constructor() {
    this.git("init", "-q", "-b", "main");
  }

  /** What git prints; `at` is the moment of what it makes. */
  git(...parameters: string[]): string {
    return this.gitAt("2026-01-01T00:00:00Z", ...parameters);
  }

  gitAt(at: string, ...parameters: string[]): string {
    return execFileSync("git", parameters, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "Ana",
        GIT_AUTHOR_EMAIL: "ana@example.com",
        GIT_AUTHOR_DATE: at,
        GIT_COMMITTER_NAME: "Bo",
        GIT_COMMITTER_EMAIL: "bo@example.com",
        GIT_COMMITTER_DATE: at,
      },
    }).trim();
  }

  /** A commit that writes these files; answers its revision. */
  commit(at: string, message: string, files: Record<string, string> = {}): string {
    for (const [name, content] of Object.entries(files))
      writeFileSync(join(this.folder, name), content);
    this.git("add", "-A");
    this.gitAt(at, "commit", "-q", "--allow-empty", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
