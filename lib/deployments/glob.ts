import picomatch from "picomatch";

type Matcher = (text: string) => boolean;
/** More than any instance has in force; previews of rules bring ever new ones. */
const compiledAtMost = 2_000;
const compiled = new Map<string, Matcher>();

/** Whether a name matches a glob: letter case aside, and `*` crosses slashes (`review*`, `review/7`). */
export function matchesName(glob: string, name: string): boolean {
  return matcher(`name ${glob}`, () => picomatch(glob, { bash: true, dot: true, nocase: true }))(
    name,
  );
}

/** Whether a path matches a glob as in `apps/web/**`: exact letters, `*` within one folder. */
export function matchesPath(glob: string, path: string): boolean {
  return matcher(`path ${glob}`, () => picomatch(glob, { dot: true }))(path);
}

function matcher(key: string, compile: () => Matcher): Matcher {
  const known = compiled.get(key) ?? compile();
  if (compiled.size >= compiledAtMost) compiled.clear();
  compiled.set(key, known);
  return known;
}
