import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSecret } from "@/lib/auth/secrets";
import { ConfigError, defaultConfig, loadConfig } from "@/lib/config";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pushline-config-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string, environment: Record<string, string> = {}) {
  const path = join(folder, "pushline.yaml");
  writeFileSync(path, text);
  return loadConfig(path, environment, [
    { name: "github", defaultAuth: "signature", verify: () => true },
    { name: "alertmanager", defaultAuth: "bearer" },
    { name: "mapping", defaultAuth: "bearer", readBy: true },
    { name: "statuspage", defaultAuth: "path" },
  ]);
}

function mistakesOf(text: string, environment: Record<string, string> = {}): string[] {
  try {
    read(text, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

describe("loadConfig", () => {
  it("gives the defaults where there is no file", () => {
    const config = loadConfig(join(folder, "none.yaml"), {});
    expect(config).toEqual(defaultConfig);
    expect(config.matching.threshold).toBe(0.8);
    expect(config.incidents.severities).toContain("critical");
    expect(config.sources).toEqual([]);
  });

  it("tells what is wrong with goals, each at its line", () => {
    expect(
      mistakesOf(`
goals:
  - { team: payments, metric: change_fail_rate, target: 10, by: 2027-03-31 }
  - { team: payments, metric: change_fail_rate, target: 0.1, by: soon }
  - { team: payments, metric: speed, target: 1, by: 2027-03-31 }
`),
    ).toEqual([
      "line 3: goals[0].target: expected a rate from 0 to 1",
      "line 4: goals[1].by: expected a date, as 2027-03-31",
      "line 4: goals[1].metric: this team has a goal for it above",
      "line 5: goals[2].metric: expected one of deployment_frequency, lead_time, change_fail_rate, recovery_time, rework_rate",
    ]);
  });

  it("reads objectives with what is usual, and tells what is wrong with them", () => {
    const { slos } = read(`
slos:
  - { indicator: build_duration, team: payments }
  - { indicator: recovery, service: web, off: true }
`);
    expect(slos).toMatchObject([
      {
        scope: { kind: "team", name: "payments" },
        thresholdSeconds: 600,
        target: 0.9,
        windowDays: 28,
      },
      { scope: { kind: "service", name: "web" }, thresholdSeconds: null },
    ]);
    expect(
      mistakesOf(`
slos:
  - { indicator: recovery }
  - { indicator: build_duration, team: payments, service: web }
  - { indicator: build_duration, target: 1, windowDays: 3 }
  - { indicator: build_duration }
`),
    ).toEqual([
      "line 3: slos[0].thresholdSeconds: is missing",
      "line 4: slos[1]: expected at most one of team, service and repository",
      "line 5: slos[2].target: expected below 1, as 0.9",
      "line 5: slos[2].windowDays: expected 7 or more",
      "line 6: slos[3]: an entry above is for the same indicator and scope",
    ]);
  });

  it("gives the defaults for a file of comments alone", () => {
    expect(read("# nothing yet\n")).toEqual(defaultConfig);
  });

  it("reads every section, filling variables in", () => {
    const config = read(
      `
teams:
  - { name: payments, timezone: Europe/Berlin }
environments:
  - { match: "prod*", tier: production }
  - { match: "prod-{eu,us}", tier: production, group: production }
services:
  - { name: checkout, repository: acme/checkout, team: payments, dependsOn: [ledger] }
  - { name: web, repository: acme/mono, paths: ["apps/web/**"], deployments: ["web-*"], team: front }
sources:
  - { name: github, provider: github, secret: "\${HOOK}" }
  - { name: alerts, provider: alertmanager, auth: bearer, token: ["old-secret", "new-secret"] }
  - { name: page, provider: statuspage, token: "key-of-the-page" }
  - { name: ci, provider: alertmanager, username: ci, password: "\${HOOK}" }
  - { name: lab, provider: alertmanager, auth: header, header: X-Lab-Token, token: "\${HOOK}" }
tokens:
  - { name: pipeline, token: "\${HOOK}-2", scopes: [ingest, read] }
engines:
  - { name: prometheus, url: "http://127.0.0.1:9090" }
matching: { threshold: 0.9 }
incidents: { severities: [Critical, ""] }
`,
      { HOOK: "hook-secret" },
    );
    expect(config.teams).toEqual([
      { name: "payments", timezone: "Europe/Berlin" },
      { name: "front", timezone: "UTC" },
    ]);
    expect(config.environments[1]).toEqual({
      match: "prod-{eu,us}",
      tier: "production",
      group: "production",
    });
    expect(config.services[0]).toEqual({
      name: "checkout",
      repository: "acme/checkout",
      team: "payments",
      dependsOn: ["ledger"],
      paths: [],
      deployments: [],
    });
    expect(
      config.sources.map(({ name, auth, secrets, username, header }) => [
        name,
        auth,
        secrets,
        username,
        header,
      ]),
    ).toEqual([
      ["github", "signature", ["hook-secret"], null, null],
      ["alerts", "bearer", ["old-secret", "new-secret"], null, null],
      ["page", "path", ["key-of-the-page"], null, null],
      ["ci", "basic", ["hook-secret"], "ci", null],
      ["lab", "header", ["hook-secret"], null, "x-lab-token"],
    ]);
    expect(config.tokens).toEqual([
      {
        id: "file:pipeline",
        name: "pipeline",
        hashes: [{ hash: hashSecret("hook-secret-2"), validUntil: null }],
        scopes: ["ingest", "read"],
        reach: null,
      },
    ]);
    expect(config.matching.threshold).toBe(0.9);
    expect(config.incidents.severities).toEqual(["critical", ""]);
  });

  it("tells every mistake at once, each with its line", () => {
    const text = `teams:
  - name: payments
    timezone: Mars/Base
services:
  - { repository: acme/checkout }
sources:
  - name: github
    provider: gihub
    secret: "\${NOT_SET}"
  - name: alerts
    provider: alertmanager
    auth: basic
    token: "long-enough"
  - { name: alerts, provider: alertmanager, token: "long-enough" }
tokens:
  - name: pipeline
    token: ""
    scopes: [root]
matching:
  treshold: 0.9
`;
    expect(mistakesOf(text)).toEqual([
      "line 3: teams[0].timezone: expected an IANA time zone, as Europe/Berlin",
      "line 5: services[0].name: is missing",
      "line 8: sources[0].provider: is not known; known are github, alertmanager, mapping, statuspage",
      "line 9: the environment variable NOT_SET is not set; set it before the start, e.g. export NOT_SET=…",
      "line 10: sources[1].username: is missing, and auth: basic needs it",
      "line 10: sources[1].password: is missing, and auth: basic needs it",
      "line 13: sources[1].token: is not used with auth: basic, which needs username and password",
      "line 14: sources[2].name: this name is taken by an entry above",
      "line 17: tokens[0].token: expected a text that is not empty",
      "line 18: tokens[0].scopes[0]: expected one of ingest, read, write, admin",
      "line 20: matching.treshold is not a setting Pushline knows",
    ]);
  });

  it("refuses a token under a source's name, and under one that keys are made with", () => {
    const named = (name: string) =>
      mistakesOf(`sources: [{ name: github, provider: github, secret: long-enough }]
tokens: [{ name: "${name}", token: long-enough-too, scopes: [ingest] }]`);
    expect(named("github")).toEqual([
      "line 2: tokens[0].name: a source has this name, and what both send would be one",
    ]);
    expect(named("pushline")[0]).toMatch(/^line 2: tokens\[0\].name: choose another name/);
    for (const name of ["github/acme", "of us", "-x"])
      expect(named(name)).toEqual([
        "line 2: tokens[0].name: expected letters, digits, dots, dashes and underscores, with a letter or digit first",
      ]);
    expect(named("git.hub_2-x")).toEqual([]);
  });

  it("refuses signatures from a provider that signs nothing", () => {
    const text = "sources: [{ name: a, provider: alertmanager, secret: long-enough }]";
    expect(mistakesOf(text)).toEqual([
      "line 1: sources[0].secret: alertmanager signs nothing: choose auth bearer, basic, header or path, with its credentials",
    ]);
  });

  it("reads the rules of a mapping, and tells what is wrong with them, each at its line", () => {
    const source = (rules: string) => `sources:
  - name: train
    provider: mapping
    token: "a-token"
${rules}`;
    const fact = `          type: release
          id: number
          service: app
          environment: "'production'"`;
    const right = source(`    mapping:
      - when: "kind = 'x'"
        fact:
${fact}
          at: time
          percent: 25`);
    expect(read(right).sources[0]?.mapping).toEqual([
      {
        when: "kind = 'x'",
        fact: {
          type: "release",
          id: "number",
          service: "app",
          environment: "'production'",
          at: "time",
          percent: 25,
        },
      },
    ]);
    const wrong = source(`    mapping:
      - when: "kind ="
        fact:
${fact}
          colour: red
          flag: "a.("
      - fact: { type: deploy }`);
    expect(mistakesOf(wrong)).toEqual([
      expect.stringMatching(
        /^line 6: sources\[0\].mapping\[0\].when: expected a JSONata expression/,
      ),
      "line 8: sources[0].mapping[0].fact.at: is missing",
      expect.stringMatching(/^line 12: sources\[0\].mapping\[0\].fact.colour: expected no member/),
      expect.stringMatching(/^line 13: sources\[0\].mapping\[0\].fact.flag: expected a JSONata/),
      expect.stringMatching(
        /^line 14: sources\[0\].mapping\[1\].fact.type: expected one of change/,
      ),
    ]);
    expect(mistakesOf(source(""))[0]).toMatch(/mapping: is missing: rules/);
    expect(mistakesOf(right.replace("provider: mapping", "provider: alertmanager"))[0]).toMatch(
      /mapping: is only for provider mapping/,
    );
  });

  it("refuses a third secret and an empty one in a list", () => {
    const source = (secret: string) =>
      mistakesOf(`sources: [{ name: github, provider: github, secret: ${secret} }]`);
    expect(source("[aaaaaaaa, bbbbbbbb, cccccccc]")).toEqual([
      "line 1: sources[0].secret: expected one secret, or a list of two while one replaces the other",
    ]);
    expect(source("12345678")).toEqual(["line 1: sources[0].secret: expected a text"]);
    expect(source("[aaaaaaaa, '']")).toEqual([
      "line 1: sources[0].secret: expected a text that is not empty",
    ]);
  });

  it("says where the YAML itself is broken, without quoting it", () => {
    const lines = mistakesOf('teams: []\nsources:\n  - { name: "github, secret: hunter2hunter2\n');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).toMatch(/^line [34]: /);
    expect(lines.join()).not.toContain("hunter2");
  });

  it("names an empty variable, and one that is no name", () => {
    expect(mistakesOf(`teams: [{ name: "\${EMPTY}\${a b}" }]`, { EMPTY: "" })).toEqual([
      "line 1: the environment variable EMPTY is empty",
      `line 1: "\${a b}" is not a variable: write \${NAME}`,
    ]);
  });

  it("refuses a file that is a list", () => {
    expect(mistakesOf("- teams\n")).toEqual(["line 1: expected settings as `name: value`"]);
  });
});
