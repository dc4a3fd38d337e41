import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { checkEngine } from "@/lib/engines/check-engine";
import { engineAddress, readEngine } from "@/lib/engines/engine";
import { readMatrix } from "@/lib/engines/read-matrix";
import { callOutside } from "@/lib/outbound/call";
import { saveEngine } from "@/lib/settings/save-engine";
import { testContext } from "@/lib/testing/context";
import { type Program, startProgram } from "@/scripts/test/end-to-end/program";
import { findProgram } from "@/scripts/test/find-program";

const path = findProgram("prometheus");
const reason = "Prometheus is not installed (Debian: apt-get install prometheus)";
if (path === null && process.env.CI)
  throw new Error(`The end-to-end test of engines cannot run: ${reason}.`);
if (path === null) console.warn(`Skipped, the end-to-end test of engines: ${reason}.`);

let folder: string;
let database: TestDatabase;
let context: Context;
let prometheus: Program;

describe.skipIf(path === null)("a real Prometheus as an engine", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pushline-engine-"));
    const file = join(folder, "prometheus.yml");
    writeFileSync(
      file,
      'global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: absent, static_configs: [{ targets: ["127.0.0.1:9"] }] }]\n',
    );
    prometheus = await startProgram(path ?? "", [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
    ]);
    database = await testDatabase();
    context = await testContext(database);
    await saveEngine(context, "prometheus", { url: prometheus.url });
  }, 90_000);

  afterAll(async () => {
    await prometheus?.close();
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is found to answer, with its version", async () => {
    expect(await checkEngine(context, "prometheus")).toMatchObject({
      ok: true,
      version: expect.stringMatching(/^\d+\.\d+/),
      problem: null,
    });
  });

  it("has what it answers read, and its refusals told in its own words", async () => {
    const engine = await readEngine(context, "prometheus");
    const ask = (query: string) => {
      const end = Date.now() / 1_000;
      const times = { start: String(end - 60), end: String(end), step: "1" };
      const url = engineAddress(engine, "/api/v1/query_range", { query, ...times });
      return callOutside({ url }, ({ body }) => readMatrix(body));
    };
    const up = await vi.waitUntil(
      async () => (await ask("up")).find(({ values }) => values.length),
      {
        timeout: 30_000,
        interval: 250,
      },
    );
    expect(up.labels).toMatchObject({ __name__: "up", job: "absent" });
    expect(up.values[0]).toBe(0);
    await expect(ask("up{")).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining("parse error"),
    });
  });
});
