import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "@/lib/config";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pushline-limits-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const path = join(folder, "pushline.yaml");
  writeFileSync(path, text);
  return loadConfig(path, {});
}

function mistakesOf(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe("cors and limits in pushline.yaml", () => {
  it("let no other origin in and limit everything, unless they say so", () => {
    const { cors, limits } = read("matching: { threshold: 0.5 }");
    expect(cors.origins).toEqual([]);
    expect(limits).toEqual({
      deliveriesPerSecond: 1_000,
      deliveriesBurst: 10_000,
      requestsPerSecond: 200,
      requestsBurst: 1_000,
      streamsPerPerson: 20,
    });
  });

  it("change what they name and leave the rest", () => {
    const { cors, limits } = read(
      "cors: { origins: ['https://portal.example.com', 'http://127.0.0.1:8080'] }\nlimits: { deliveriesPerSecond: 5000 }",
    );
    expect(cors.origins).toHaveLength(2);
    expect(limits).toMatchObject({ deliveriesPerSecond: 5_000, deliveriesBurst: 10_000 });
  });

  it("take exact origins only: a path, a pattern or every origin is told with its line", () => {
    for (const wrong of ["https://a.example/", "https://*.example", "*", "null", "a.example"])
      expect(mistakesOf(`cors:\n  origins: ["${wrong}"]`)).toEqual([
        expect.stringMatching(/^line 2: cors\.origins\[0\]: expected an origin, as https:/),
      ]);
  });

  it("take whole numbers from 1", () => {
    for (const wrong of ["0", "-1", "1.5", "many"])
      expect(mistakesOf(`limits:\n  requestsBurst: ${wrong}`)).toEqual([
        expect.stringMatching(/^line 2: limits\.requestsBurst: expected/),
      ]);
    expect(mistakesOf("limits: { requests: 5 }")).toEqual([
      expect.stringContaining("limits.requests is not a setting Pushline knows"),
    ]);
  });
});
