import type { Module } from "@/scripts/check-imports/read-modules";

const declaration =
  /^export\s+(?:abstract\s+)?(?:async\s+)?(const|let|function\*?|class|interface|type|enum)\s+([\w$]+)/gm;

/**
 * Exports that no other file names. A type may stand for itself where its own
 * file uses it: it says what a function takes or gives.
 */
export function unusedExports(modules: Module[]): string[] {
  const users = new Map<string, Set<string>>();
  for (const { path, text } of modules)
    for (const word of new Set(text.match(/[\w$]+/g)))
      users.set(word, (users.get(word) ?? new Set()).add(path));

  return modules
    .filter(({ path }) => !isReadByName(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(declaration)].flatMap(([, kind = "", name = ""]) => {
        if ((users.get(name)?.size ?? 0) > 1) return [];
        const isType = kind === "type" || kind === "interface";
        if (isType && timesNamed(text, name) > 1) return [];
        return [`${path} exports ${name}, which no other file uses`];
      }),
    );
}

function timesNamed(text: string, name: string): number {
  return (text.match(/[\w$]+/g) ?? []).filter((word) => word === name).length;
}

/** Next's own files and migrations are taken by their place. */
function isReadByName(path: string): boolean {
  const isNextFile =
    /^app\/.*\b(page|layout|route|error|global-error|loading|not-found|template|default|icon|manifest|robots)\.tsx?$/;
  return isNextFile.test(path) || path.startsWith("db/migrations/") || !path.includes("/");
}
