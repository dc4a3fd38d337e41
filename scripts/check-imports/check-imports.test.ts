import { describe, expect, it } from "vitest";
import { clientLeaks, cycles, wrongDirections } from "@/scripts/check-imports/directions";
import { type Module, readImports } from "@/scripts/check-imports/read-modules";
import { unusedExports } from "@/scripts/check-imports/unused-exports";

function module(path: string, text: string): Module {
  return { path, text, imports: readImports(path, text) };
}

function directions(path: string, text: string): string[] {
  return wrongDirections([module(path, text)]);
}

describe("readImports", () => {
  it("tells files from packages, and types from values, over several lines", () => {
    // The bars keep this text from being read as this file's own imports.
    const text = `
      |import type { A } from "@/lib/clock";
      |import { type B, type C } from "./other";
      |import {
      |  D,
      |  type E,
      |} from "kysely/helpers/postgres";
      |import "@/app/globals.css";
      |export { F } from "@scope/package/part";
      |const late = await import("node:fs");`.replace(/^ *\|/gm, "");
    const found = readImports("lib/x.ts", text).map((entry) => [
      entry.file ?? entry.package,
      entry.typeOnly,
    ]);
    expect(found).toEqual([
      ["lib/clock.ts", true],
      ["lib/other", true],
      ["kysely", false],
      ["@scope/package", false],
      ["app/globals.css", false],
      ["node:fs", false],
    ]);
  });
});

describe("wrongDirections", () => {
  it("holds app, scripts → lib → db", () => {
    expect(directions("db/a.ts", 'import { b } from "@/lib/clock";')).toHaveLength(1);
    expect(directions("lib/a.ts", 'import type { b } from "@/app/page";')).toHaveLength(1);
    expect(directions("lib/a.ts", 'import { b } from "@/scripts/b";')).toHaveLength(1);
    expect(directions("app/a.ts", 'import { b } from "@/scripts/b";')).toHaveLength(1);
    expect(directions("app/a.ts", 'import { b } from "@/lib/clock";')).toEqual([]);
    expect(directions("lib/a.ts", 'import { b } from "@/db/client";')).toEqual([]);
  });

  it("keeps pages' packages out of lib", () => {
    expect(directions("lib/a.ts", 'import next from "next";')).toHaveLength(1);
    expect(directions("lib/a.ts", 'import { cookies } from "next/headers";')).toHaveLength(1);
    expect(directions("app/a.tsx", 'import { useState } from "react";')).toEqual([]);
  });

  it("keeps a provider's folder to itself and the registry", () => {
    const text = 'import { read } from "@/lib/sources/github/read";';
    expect(directions("lib/ingest/a.ts", text)).toHaveLength(1);
    expect(directions("lib/sources/gitlab/read.ts", text)).toHaveLength(1);
    expect(directions("lib/sources/registry.ts", text)).toEqual([]);
    expect(directions("lib/sources/github/index.ts", text)).toEqual([]);
  });

  it("keeps the test database to tests", () => {
    const text = 'import { testDatabase } from "@/db/testing/index";';
    expect(directions("lib/a.ts", text)).toHaveLength(1);
    expect(directions("lib/a.test.ts", text)).toEqual([]);
  });
});

describe("clientLeaks", () => {
  it("follows values, not types, to what needs a server", () => {
    const server = module("lib/server.ts", 'import { readFileSync } from "node:fs";');
    const between = module("lib/clock.ts", 'import { x } from "./server.ts";');
    const leaking = module("app/a.tsx", '"use client";\nimport { y } from "@/lib/clock";');
    const typed = module("app/b.tsx", '"use client";\nimport type { y } from "@/lib/clock";');
    expect(clientLeaks([server, between, leaking, typed])).toEqual([
      "app/a.tsx → lib/clock.ts → lib/server.ts → node:fs: a client component may not reach this",
    ]);
  });
});

describe("cycles", () => {
  it("finds modules that need each other, types left out", () => {
    const one = module("lib/clock.ts", 'import { x } from "@/lib/context";');
    const other = module("lib/context.ts", 'import { y } from "@/lib/clock";');
    const typed = module("lib/context.ts", 'import type { y } from "@/lib/clock";');
    expect(cycles([one, other])).toHaveLength(1);
    expect(cycles([one, typed])).toEqual([]);
  });
});

describe("unusedExports", () => {
  it("names values that no other file uses, and types that nothing uses", () => {
    const one = module(
      "lib/one.ts",
      "export const lonely = 1;\nexport const used = 2;\nexport type Input = { a: 1 };\nexport function take(input: Input) {}\nexport interface Dead {}\n",
    );
    const other = module("lib/other.ts", "used; take;");
    expect(unusedExports([one, other])).toEqual([
      "lib/one.ts exports lonely, which no other file uses",
      "lib/one.ts exports Dead, which no other file uses",
    ]);
  });
});
