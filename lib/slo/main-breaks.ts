/** A finished build of a main branch: canceled ones say nothing about it. */
export interface MainBuild {
  id: string;
  /** The workflow. */
  name: string;
  revision: string | null;
  failed: boolean;
  at: Date;
}

/** From the build that turned main red to the one that made it green again. */
export interface MainBreak {
  /** Of the build that broke it. */
  id: string;
  beganAt: Date;
  revision: string | null;
  /** What was built last before it broke; null where nothing was. */
  greenRevision: string | null;
  /** Null while main is red. */
  mended: { at: Date; build: string; revision: string | null } | null;
}

/**
 * When a main branch was red: while the newest finished build of any of its workflows
 * is failed. `builds` are in the order of their finish (then id), from a moment at which
 * main was green; `greenRevision` is what was built last before them.
 */
export function mainBreaks(
  builds: readonly MainBuild[],
  greenRevision: string | null,
): MainBreak[] {
  const breaks: MainBreak[] = [];
  const failing = new Set<string>();
  let newest = greenRevision;
  for (const { id, name, revision, failed, at } of builds) {
    const wasRed = failing.size > 0;
    if (failed) failing.add(name);
    else failing.delete(name);
    const last = breaks.at(-1);
    if (!wasRed && failed)
      breaks.push({ id, beganAt: at, revision, greenRevision: newest, mended: null });
    else if (wasRed && failing.size === 0 && last) last.mended = { at, build: id, revision };
    newest = revision ?? newest;
  }
  return breaks;
}
