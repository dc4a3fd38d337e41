import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { isTest } from "@/scripts/check-imports/directions";
import type { Module } from "@/scripts/check-imports/read-modules";

interface Manifest {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

/** Packages that work without an import: programs that scripts run, and what Next asks for. */
const usedUnseen = ["@biomejs/biome", "typescript", "react-dom"];

/** Imports of packages that package.json does not name where it should, and packages unused. */
export function packageProblems(modules: Module[]): string[] {
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  return [...undeclared(modules, manifest), ...unused(modules, manifest)];
}

function undeclared(modules: Module[], manifest: Manifest): string[] {
  return modules.flatMap((module) =>
    module.imports.flatMap((entry) => {
      const name = entry.package;
      if (name === null || isBuiltin(name) || name in manifest.dependencies) return [];
      if (!(name in manifest.devDependencies))
        return [`${module.path} imports ${name}, which package.json does not name`];
      const mayUseTools = isTest(module.path) || !/^(app|lib|db)\//.test(module.path);
      return mayUseTools
        ? []
        : [`${module.path} imports ${name}, which is in devDependencies: the product needs it`];
    }),
  );
}

function unused(modules: Module[], manifest: Manifest): string[] {
  const imported = new Set(
    modules.flatMap((module) => module.imports.map((entry) => entry.package)),
  );
  const named = [
    ...Object.values(manifest.scripts),
    ...modules.filter((module) => module.path.includes(".config.")).map(({ text }) => text),
    ...styleSheets(),
  ].join("\n");
  const isUsed = (name: string): boolean => {
    if (imported.has(name) || usedUnseen.includes(name)) return true;
    // Types of a package are used as long as the package is.
    const typed = /^@types\/(.*)$/.exec(name)?.[1];
    if (typed) return typed === "node" || imported.has(typed) || usedUnseen.includes(typed);
    return named.includes(`"${name}`) || named.includes(`${name} `);
  };
  return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter((name) => !isUsed(name))
    .map((name) => `package.json names ${name}, which nothing uses`);
}

function styleSheets(): string[] {
  if (!existsSync("app")) return [];
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".css"))
    .map((name) => readFileSync(join("app", name), "utf8"));
}
