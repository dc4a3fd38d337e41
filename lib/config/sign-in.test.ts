import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigError, defaultConfig, loadConfig } from "@/lib/config";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pushline-sign-in-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(text: string) {
  const path = join(folder, "pushline.yaml");
  writeFileSync(path, text);
  return loadConfig(path, { SECRET: "a-client-secret-to-hide" }).signIn;
}

function mistakesOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

const withProviders = (...lines: string[]) =>
  `signIn:\n  providers:\n${lines.map((line) => `    - { ${line} }`).join("\n")}\n`;
const client = `clientId: abc, clientSecret: "\${SECRET}"`;

describe("signIn in pushline.yaml", () => {
  it("leaves e-mail and password where nothing is said", () => {
    expect(defaultConfig.signIn).toEqual({ password: true, providers: [] });
    expect(read("signIn:\n  password: false\n").password).toBe(false);
  });

  it("reads a provider of each kind, with what is left out filled in", () => {
    const { providers } = read(
      withProviders(
        `name: okta, kind: oidc, issuer: "https://acme.okta.com", ${client}, domains: [Acme.com]`,
        `name: github, title: GitHub, kind: github, ${client}, organizations: [acme], admit: anyone`,
      ),
    );
    expect(providers).toEqual([
      {
        name: "okta",
        kind: "oidc",
        issuer: "https://acme.okta.com",
        clientId: "abc",
        clientSecret: "a-client-secret-to-hide",
        scopes: ["openid", "email", "profile"],
        admit: "invited",
        role: "viewer",
        domains: ["acme.com"],
      },
      {
        name: "github",
        title: "GitHub",
        kind: "github",
        url: "https://github.com",
        clientId: "abc",
        clientSecret: "a-client-secret-to-hide",
        admit: "anyone",
        role: "viewer",
        organizations: ["acme"],
      },
    ]);
  });

  it.each([
    ["http://idp.example.com", false],
    ["http://127.0.0.1.example.com", false],
    ["https://user:secret@idp.example.com", false],
    ["idp.example.com", false],
    ["http://127.0.0.1:4000", true],
    ["http://localhost:4000/realms/acme", true],
    ["https://idp.example.com/realms/acme", true],
  ])("takes %s as an issuer: %s", (issuer, isTaken) => {
    const mistakes = mistakesOf(
      withProviders(`name: idp, kind: oidc, issuer: "${issuer}", ${client}`),
    );
    expect(mistakes.length === 0).toBe(isTaken);
  });

  it("refuses doors that stand open to every account of a public provider", () => {
    const mistakes = mistakesOf(
      withProviders(
        `name: github, kind: github, ${client}, admit: anyone`,
        `name: google, kind: oidc, issuer: "https://accounts.google.com", ${client}, admit: anyone`,
        `name: enterprise, kind: github, url: "https://git.acme.com/", ${client}, admit: anyone`,
        `name: workspace, kind: oidc, issuer: "https://accounts.google.com", ${client}, admit: anyone, domains: [acme.com]`,
      ),
    );
    expect(mistakes).toEqual([
      "line 3: signIn.providers[0].admit: anyone would let in every account of github.com: name organizations as well",
      "line 4: signIn.providers[1].admit: anyone would let in every Google account: name domains as well",
    ]);
  });

  it("tells every mistake with its line, and no secret", () => {
    const mistakes = mistakesOf(
      withProviders(
        `name: "a/b", kind: oidc, issuer: "https://idp.example.com", ${client}`,
        `name: twice, kind: github, ${client}, domains: [acme.com]`,
        `name: twice, kind: oidc, issuer: "https://idp.example.com", clientId: abc`,
        `name: none, kind: saml, ${client}`,
        `name: bare, kind: oidc, issuer: "https://idp.example.com", ${client}, scopes: [email]`,
      ),
    );
    expect(mistakes).toEqual([
      expect.stringMatching(/^line 3: signIn\.providers\[0\]\.name: expected letters/),
      "line 4: signIn.providers[1].domains is not a setting Pushline knows",
      "line 5: signIn.providers[2].clientSecret: is missing",
      "line 5: signIn.providers[2].name: this name is taken by an entry above",
      "line 6: signIn.providers[3].kind: expected oidc or github",
      "line 7: signIn.providers[4].scopes: openid has to be among them",
    ]);
    expect(mistakes.join()).not.toContain("hide");
  });
});
