import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

/** One import of a module. */
export interface Import {
  /** As written. */
  specifier: string;
  /** The file it leads to, from the root; null for a package. */
  file: string | null;
  /** `lodash` of `lodash/map`; null for a file. */
  package: string | null;
  /** Erased by the compiler. */
  typeOnly: boolean;
}

export interface Module {
  /** From the root, as `lib/config.ts`. */
  path: string;
  text: string;
  imports: Import[];
}

const folders = ["app", "lib", "db", "scripts"];
const statement =
  /^\s*(?:import|export)\s+(type\s+)?((?:[\w$*\s,]|\{[^}]*\})*?)\s*from\s*["']([^"']+)["']/gm;
const bareImport = /^\s*import\s+["']([^"']+)["']/gm;
const dynamicImport = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every module of the project, with what it imports. */
export function readModules(): Module[] {
  const nested = folders.filter((folder) => existsSync(folder)).flatMap(listFiles);
  const atRoot = readdirSync(".").filter((name) => statSync(name).isFile());
  return [...atRoot, ...nested]
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => {
      const text = readFileSync(path, "utf8");
      return { path, text, imports: readImports(path, text) };
    });
}

/** What a module imports, by its text. */
export function readImports(path: string, text: string): Import[] {
  const found: Import[] = [];
  for (const [, typeWord, names = "", specifier = ""] of text.matchAll(statement))
    found.push(toImport(path, specifier, typeWord !== undefined || hasOnlyTypes(names)));
  for (const pattern of [bareImport, dynamicImport])
    for (const [, specifier = ""] of text.matchAll(pattern))
      found.push(toImport(path, specifier, false));
  return found;
}

/** `{ type A, type B }` is erased as `type { A, B }` is. */
function hasOnlyTypes(names: string): boolean {
  const members = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  if (members === undefined) return false;
  return members
    .split(",")
    .map((member) => member.trim())
    .filter((member) => member !== "")
    .every((member) => member.startsWith("type "));
}

function toImport(from: string, specifier: string, typeOnly: boolean): Import {
  const isAlias = specifier.startsWith("@/");
  if (!isAlias && !specifier.startsWith("."))
    return { specifier, file: null, package: packageOf(specifier), typeOnly };
  const base = isAlias ? specifier.slice(2) : normalize(join(dirname(from), specifier));
  return { specifier, file: resolveFile(base), package: null, typeOnly };
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function resolveFile(base: string): string {
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`];
  return candidates.find((path) => existsSync(path) && statSync(path).isFile()) ?? base;
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => !path.includes("/fixtures/") && statSync(path).isFile());
}
