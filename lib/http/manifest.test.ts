import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { manifest } from "@/lib/http/manifest";
import { openApiDocument } from "@/lib/http/openapi";
import { unansweredOperations } from "@/lib/http/server/table";

const root = process.cwd();

/** Every route file behind Next: its address as the manifest writes it, and its text. */
const files = readdirSync(join(root, "app/api"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .map((file) => ({
    path: `/api/${file.replace(/\/route\.ts$/, "")}`.replace(/\[(\w+)\]/g, "{$1}"),
    text: readFileSync(join(root, "app/api", file), "utf8"),
  }));

function found(pattern: RegExp, describe: (path: string, ...groups: string[]) => string): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([, ...groups]) => describe(path, ...groups)),
  );
}

describe("the manifest", () => {
  const behindNext = manifest.filter(({ side }) => side === "next");

  it("names every route file behind Next, and each of its own has one", () => {
    const exported = found(
      /export const (GET|POST|PUT|DELETE|PATCH|HEAD)\b/g,
      (path, method) => `${method} ${path}`,
    );
    expect(exported.sort()).toEqual(
      behindNext.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it("has each route file hand over the route of its address", () => {
    const handed = found(
      /export const (\w+) = handle\((\w+)Route\)/g,
      (path, method, operation) => `${method} ${path} ${operation}`,
    );
    expect(handed.sort()).toEqual(
      behindNext.map(({ method, path, operation }) => `${method} ${path} ${operation}`).sort(),
    );
  });

  it("has an answer for every address of the server's own, and no answer without address", () => {
    expect(unansweredOperations()).toEqual([]);
  });

  it("names each operation once", () => {
    const names = manifest.map(({ operation }) => operation);
    expect(names).toEqual([...new Set(names)]);
  });

  it("gives a verb to every route behind Next", () => {
    expect(behindNext.filter(({ run }) => !run).map(({ operation }) => operation)).toEqual([]);
  });
});

interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
  requestBody?: unknown;
  security?: object[];
}

describe("the OpenAPI document", () => {
  const document = openApiDocument(manifest);
  const paths = document.paths as Record<string, Record<string, Operation>>;

  it("describes every route of the manifest, with each parameter of its path", () => {
    for (const { method, path, operation } of manifest) {
      const described = paths[path]?.[method.toLowerCase()];
      expect(described?.operationId).toBe(operation);
      const inPath = described?.parameters.filter((parameter) => parameter.in === "path");
      expect(inPath?.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it("shapes lists as items and nextCursor, filters as optional, refusals as problems", () => {
    const list = paths["/api/v1/deliveries"]?.get;
    const answer = list?.responses["200"]?.content?.["application/json"]?.schema;
    expect(answer).toMatchObject({
      type: "object",
      required: ["items", "nextCursor"],
      properties: { items: { type: "array" } },
    });
    const limit = list?.parameters.find(({ name }) => name === "limit");
    expect(limit).toMatchObject({ in: "query", required: false });
    expect(list?.responses.default?.content).toHaveProperty("application/problem+json");
  });

  it("asks for a token where one is needed and for none where none is", () => {
    expect(paths["/healthz"]?.get?.security).toEqual([]);
    expect(paths["/api/v1/deployments"]?.get?.security).toEqual([{ token: [] }]);
  });

  it("tells the members of native events", () => {
    expect(JSON.stringify(paths["/api/v1/events"]?.post?.requestBody)).toContain("firstCommitAt");
  });

  it("is plain JSON that stands for itself", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
