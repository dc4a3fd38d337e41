import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { announcement, warnings } from "@/scripts/start/announce";
import { readSettings } from "@/scripts/start/settings";

let folder: string;
let configFile: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pushline-settings-"));
  configFile = join(folder, "pushline.yaml");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(environment: Record<string, string>, yaml = "", flags: string[] = []) {
  writeFileSync(configFile, yaml);
  return readSettings({ NODE_ENV: "test", PUSHLINE_CONFIG: configFile, ...environment }, flags);
}

describe("readSettings", () => {
  it("listens on 127.0.0.1:3000 over the embedded Postgres unless told otherwise", () => {
    const settings = readSettings({ NODE_ENV: "test", PUSHLINE_CONFIG: join(folder, "none.yaml") });
    expect(settings).toMatchObject({ host: "127.0.0.1", port: 3000, databaseUrl: null });
    expect(settings.dataDir).toBe(join(process.cwd(), ".pushline"));
  });

  it("takes any loopback host, and one that others reach only with the address they use", () => {
    for (const host of ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
      expect(read({ HOST: host }).host).toBe(host);
    for (const host of ["0.0.0.0", "::", "192.168.1.5", "example.com", "127.0.0.1.example.com"]) {
      expect(() => read({ HOST: host })).toThrow(/set PUSHLINE_BASE_URL as well/);
      const settings = read({ HOST: host, PUSHLINE_BASE_URL: "https://Pushline.example.com/" });
      expect(settings).toMatchObject({ host, baseUrl: "https://pushline.example.com" });
    }
  });

  it("takes an origin as the base address, and repeats none that may hold a password", () => {
    for (const wrong of [
      "pushline.example.com",
      "ftp://a",
      "https://me:hunter2@a",
      "https://a/b",
    ]) {
      const attempt = () => read({ PUSHLINE_BASE_URL: wrong });
      expect(attempt).toThrow(/PUSHLINE_BASE_URL is not an address without a path/);
      expect(attempt).not.toThrow(/hunter2/);
    }
  });

  it("leaves sign-in out only where nobody else can come", () => {
    const flags = ["--without-sign-in"];
    expect(read({}).withoutSignIn).toBe(false);
    expect(read({}, "", flags).withoutSignIn).toBe(true);
    const here = { HOST: "::1", PUSHLINE_BASE_URL: "http://localhost:3000" };
    expect(read(here, "", flags).withoutSignIn).toBe(true);
    const others: Record<string, string>[] = [
      { PUSHLINE_BASE_URL: "https://pushline.example.com" },
      { PUSHLINE_BASE_URL: "http://127.0.0.1.example.com" },
      { HOST: "0.0.0.0", PUSHLINE_BASE_URL: "http://127.0.0.1:3000" },
    ];
    for (const elsewhere of others)
      expect(() => read(elsewhere, "", flags)).toThrow(/for this machine alone/);
  });

  it("refuses flags it does not know, and says which it does", () => {
    for (const flag of ["--without-signin", "--without-sign-in=yes", "x", "--port=80"])
      expect(() => read({}, "", [flag])).toThrow(/Usage: npm start \[-- --without-sign-in\]/);
  });

  it("takes addresses and networks of trusted proxies, and names what is neither", () => {
    const proxies = (text: string) => read({ PUSHLINE_TRUSTED_PROXIES: text }).trustedProxies;
    expect(proxies(" ")).toBeNull();
    expect(proxies("10.0.0.7, fd00::/8")?.check("10.0.0.7")).toBe(true);
    expect(proxies("10.0.0.7, fd00::/8")?.check("fd12::1", "ipv6")).toBe(true);
    expect(() => proxies("10.0.0.7, proxy.internal, 10.0.0.0/33, 1.2.3.4/8/8")).toThrow(
      "proxy.internal, 10.0.0.0/33, 1.2.3.4/8/8 is no address",
    );
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
  const place = {
    base: "http://127.0.0.1:3000",
    dataPlace: "Postgres at host:5432",
    seconds: 1,
  };

  it("names every address and token, and shows no secret", () => {
    const { config } = read(
      { DATABASE_URL: "postgresql://me:hunter2@host:5432/facts" },
      `sources:
  - { name: hooks, provider: github, secret: secret-one }
  - { name: page, provider: alertmanager, auth: path, token: secret-two }
tokens:
  - { name: pipeline, token: secret-three, scopes: [ingest] }
`,
    );
    const text = announcement(config, place);
    expect(text).toContain("http://127.0.0.1:3000/api/webhooks/hooks  (github, signature)");
    expect(text).toContain("http://127.0.0.1:3000/api/webhooks/page/<its token>");
    expect(text).toContain("pipeline (ingest)");
    expect(text).not.toMatch(/secret-|hunter2/);
  });

  it("says where to make the first source and token, which needs no file", () => {
    const text = announcement(read({}).config, place);
    expect(text).toMatch(/Webhooks +none yet: add one under Settings → Sources/);
    expect(text).toMatch(/Tokens +none yet: add one under Settings → Tokens/);
  });
});

describe("the warnings", () => {
  const said = (environment: Record<string, string>, flags: string[] = []) =>
    warnings(read(environment, "", flags)).join("");

  it("say when passwords would travel in the clear, and when anybody may do anything", () => {
    expect(said({ HOST: "0.0.0.0", PUSHLINE_BASE_URL: "http://10.0.0.5:3000" })).toMatch(
      /in the clear/,
    );
    expect(said({}, ["--without-sign-in"])).toMatch(/^WITHOUT SIGN-IN/);
  });

  it("say when a proxy on this machine hides who asks, until it is named", () => {
    const behind = { PUSHLINE_BASE_URL: "https://pushline.example.com" };
    expect(said(behind)).toMatch(/PUSHLINE_TRUSTED_PROXIES=127\.0\.0\.1/);
    expect(said({ ...behind, PUSHLINE_TRUSTED_PROXIES: "127.0.0.1" })).toBe("");
  });

  it("say nothing of a safe instance", () => {
    expect(said({})).toBe("");
    expect(said({ HOST: "0.0.0.0", PUSHLINE_BASE_URL: "https://pushline.example.com" })).toBe("");
    expect(said({ PUSHLINE_BASE_URL: "http://localhost:3000" })).toBe("");
  });
});
