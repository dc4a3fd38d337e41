import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { announcement } from "@/scripts/start/announce";
import { readSettings } from "@/scripts/start/settings";

let folder: string;
let configFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pushline-settings-"));
  configFile = join(folder, "pushline.yaml");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(environment: Record<string, string>, yaml = "") {
  writeFileSync(configFile, yaml);
  return readSettings({ NODE_ENV: "test", PUSHLINE_CONFIG: configFile, ...environment });
}

describe("readSettings", () => {
  it("listens on 127.0.0.1:3000 over the embedded Postgres unless told otherwise", () => {
    const settings = readSettings({ NODE_ENV: "test", PUSHLINE_CONFIG: join(folder, "none.yaml") });
    expect(settings).toMatchObject({ host: "127.0.0.1", port: 3000, databaseUrl: null });
    expect(settings.dataDir).toBe(join(process.cwd(), ".pushline"));
  });

  it("takes any loopback host and refuses what others could reach", () => {
    for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
      expect(read({ HOST: host }).host).toBe(host);
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.example.com"])
      expect(() => read({ HOST: host })).toThrow(/no sign-in yet/);
  });

  it("tells every mistake at once, and no secret", () => {
    const attempt = () =>
      read(
        { HOST: "0.0.0.0", PORT: "70000", DATABASE_URL: "mysql://me:hunter2@host/x" },
        "tokenz: []\n",
      );
    expect(attempt).toThrow(/HOST=0\.0\.0\.0/);
    expect(attempt).toThrow(/PORT=70000/);
    expect(attempt).toThrow(/DATABASE_URL is not/);
    expect(attempt).toThrow(/line 1: tokenz is not a setting/);
    expect(attempt).not.toThrow(/hunter2/);
  });

  it("knows the providers that can be configured, and not the product's own", () => {
    const source = (provider: string) =>
      `sources: [{ name: one, provider: ${provider}, token: long-enough, auth: bearer }]`;
    expect(read({}, source("alertmanager")).config.sources).toHaveLength(1);
    expect(() => read({}, source("pushline"))).toThrow(/is not known; known are/);
  });
});

describe("the announcement", () => {
  it("names every address and token, and shows no secret", () => {
    const settings = read(
      { DATABASE_URL: "postgresql://me:hunter2@host:5432/facts" },
      `sources:
  - { name: hooks, provider: github, secret: secret-one }
  - { name: page, provider: alertmanager, auth: path, token: secret-two }
tokens:
  - { name: pipeline, token: secret-three, scopes: [ingest] }
`,
    );
    const text = announcement(settings, {
      base: "http://127.0.0.1:3000",
      dataPlace: "Postgres at host:5432",
      seconds: 1,
    });
    expect(text).toContain("http://127.0.0.1:3000/api/webhooks/hooks  (github, signature)");
    expect(text).toContain("http://127.0.0.1:3000/api/webhooks/page/<its token>");
    expect(text).toContain("pipeline (ingest)");
    expect(text).not.toMatch(/secret-|hunter2/);
  });
});
