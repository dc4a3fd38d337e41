import { Asked } from "./past";
import type { Attempt } from "./types";

/** What a deployment runs, as far as its sender says. */
export type Code = Pick<Attempt, "repository" | "revision" | "artifact" | "version">;

/**
 * Whether two deployments run the same: by revision, and by artifact or version
 * where a revision is missing. What cannot be compared is not the same.
 */
export function sameCode(a: Code, b: Code): boolean {
  if (a.revision !== null && b.revision !== null) {
    return a.revision === b.revision && sameWhereKnown(a.repository, b.repository);
  }
  if (a.artifact !== null && b.artifact !== null) return a.artifact === b.artifact;
  return a.version !== null && a.version === b.version;
}

/** How people call it: the revision's first seven letters, else version, else artifact. */
export function nameOf(code: Code): string {
  return code.revision?.slice(0, 7) ?? code.version ?? code.artifact ?? "an unnamed revision";
}

interface Run {
  code: Code;
  firstPlace: number;
  ranUntil: number | null;
}

/** When each piece of code first ran in a stream, and until when it last did. */
export class RunHistory {
  readonly #runs = new Map<string, Run>();
  readonly #found = new Map<string, Set<Run>>();

  constructor(private readonly asked: Asked = new Asked()) {}

  /** The place of the first completed deployment of this code; null if it never ran. */
  firstPlace(code: Code): number | null {
    const places = this.#matching(code).map((run) => run.firstPlace);
    return places.length > 0 ? Math.min(...places) : null;
  }

  /** Epoch milliseconds; null where it never ran, or never stopped. */
  ranUntil(code: Code): number | null {
    const times = this.#matching(code).flatMap((run) => run.ranUntil ?? []);
    return times.length > 0 ? Math.max(...times) : null;
  }

  started(code: Code, place: number): void {
    const identity = runName(code);
    if (this.#runs.has(identity)) return;
    const run: Run = { code, firstPlace: place, ranUntil: null };
    this.#runs.set(identity, run);
    for (const key of storedUnder(code)) {
      this.#found.set(key, (this.#found.get(key) ?? new Set()).add(run));
    }
  }

  stopped(code: Code, at: number): void {
    const run = this.#runs.get(runName(code));
    if (run) run.ranUntil = at;
  }

  #matching(code: Code): Run[] {
    this.asked.codes.push(code);
    const runs = lookedUpUnder(code).flatMap((key) => [...(this.#found.get(key) ?? [])]);
    return runs.filter((run) => sameCode(run.code, code));
  }
}

function runName({ repository, revision, artifact, version }: Code): string {
  return JSON.stringify([repository, revision, artifact, version]);
}

// Code with a revision is compared by artifact or version only with code that has none.
function storedUnder(code: Code): string[] {
  const names = namesOf(code);
  const bare = code.revision === null ? names.map((name) => `bare ${name}`) : [];
  return [...names, ...bare];
}

function lookedUpUnder(code: Code): string[] {
  const names = namesOf(code);
  return code.revision === null
    ? names
    : names.map((name, index) => (index === 0 ? name : `bare ${name}`));
}

function namesOf(code: Code): string[] {
  return [
    code.revision === null ? [] : `revision ${code.revision}`,
    code.artifact === null ? [] : `artifact ${code.artifact}`,
    code.version === null ? [] : `version ${code.version}`,
  ].flat();
}

function sameWhereKnown(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}
