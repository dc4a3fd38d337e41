import type { Import, Module } from "@/scripts/check-imports/read-modules";

/** What lib may not know: the pages and what draws them. */
const pagePackages = ["next", "react", "react-dom", "recharts", "nuqs", "lucide-react"];

/** Imports point one way: app, scripts → lib → db. A line for each that does not. */
export function wrongDirections(modules: Module[]): string[] {
  return modules.flatMap((module) =>
    module.imports.flatMap((entry) => {
      const reason = forbidden(module, entry);
      return reason ? [`${module.path} imports ${entry.specifier}: ${reason}`] : [];
    }),
  );
}

function forbidden(module: Module, entry: Import): string | null {
  const from = topFolder(module.path);
  if (entry.file === null) {
    const isPage = pagePackages.includes(entry.package ?? "");
    if (isPage && ["lib", "db"].includes(from)) return `${from} knows no pages`;
    return null;
  }
  const to = topFolder(entry.file);
  if (from === "db" && to !== "db") return "db imports only db";
  if (from === "lib" && !["lib", "db"].includes(to)) return "lib imports only lib and db";
  if (from === "app" && to === "scripts") return "app does not import scripts";
  if (from === "scripts" && to === "app") return "scripts do not import app";
  const isForTests = !entry.typeOnly && isTest(entry.file);
  if (isForTests && from !== "scripts" && !isTest(module.path)) return "only tests use it";
  return outsideProvider(module.path, entry.file);
}

/** Not other tools' words but the product's own, and what its tests share. */
const ownSources = ["native", "pushline", "testing"];

/** What lies in a provider's folder is known to that folder and the registry alone. */
function outsideProvider(from: string, to: string): string | null {
  const provider = /^lib\/sources\/([^/]+)\//.exec(to)?.[1];
  if (!provider || ownSources.includes(provider)) return null;
  const knows = [`lib/sources/${provider}/`, "lib/sources/registry.ts", "lib/sources/testing/"];
  if (knows.some((place) => from.startsWith(place))) return null;
  return `only lib/sources/registry.ts and the folder itself know lib/sources/${provider}`;
}

/** Client components take from lib what runs in a browser: what needs Node or the database does not. */
export function clientLeaks(modules: Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  return modules
    .filter((module) => /^\s*["']use client["']/.test(module.text))
    .flatMap((module) => {
      const way = wayToServer(module, byPath, new Set());
      return way ? [`${way.join(" → ")}: a client component may not reach this`] : [];
    });
}

function wayToServer(
  module: Module,
  byPath: Map<string, Module>,
  seen: Set<string>,
): string[] | null {
  if (seen.has(module.path)) return null;
  seen.add(module.path);
  for (const entry of module.imports.filter((candidate) => !candidate.typeOnly)) {
    const isServerPackage = /^(node:|pg$|kysely$|yaml$)/.test(entry.package ?? "");
    const isDatabase = entry.file !== null && topFolder(entry.file) === "db";
    if (isServerPackage || isDatabase) return [module.path, entry.specifier];
    const next = entry.file === null ? undefined : byPath.get(entry.file);
    const way = next && wayToServer(next, byPath, seen);
    if (way) return [module.path, ...way];
  }
  return null;
}

/** Modules that need each other to load; types do not count. */
export function cycles(modules: Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const done = new Set<string>();
  const found: string[] = [];

  function visit(path: string, trail: string[]): void {
    const at = trail.indexOf(path);
    if (at !== -1) {
      found.push(`a circle of imports: ${[...trail.slice(at), path].join(" → ")}`);
      return;
    }
    if (done.has(path)) return;
    for (const entry of byPath.get(path)?.imports ?? [])
      if (entry.file && !entry.typeOnly) visit(entry.file, [...trail, path]);
    done.add(path);
  }

  for (const { path } of modules) visit(path, []);
  return found;
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing[/.-]/.test(path);
}

function topFolder(path: string): string {
  return path.split("/")[0] ?? "";
}
