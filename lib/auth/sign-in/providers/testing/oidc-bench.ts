import { expect } from "vitest";
import { type Bench, callbackOf, openBench } from "@/lib/auth/sign-in/providers/testing/bench";
import { type Browser, newBrowser, pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import {
  clientId,
  clientSecret,
  type Issuer,
  startIssuer,
} from "@/lib/auth/sign-in/providers/testing/issuer";
import type { OidcSettings } from "@/lib/config/sign-in";

/** An instance whose provider "idp" is a real one, with what a test of its refusals does over and over. */
export interface OidcBench {
  bench: Bench;
  issuer: Issuer;
  settings(changes?: Partial<OidcSettings>): OidcSettings;
  /** For before each test: someone signs in at "idp", and nothing is in the way. */
  reset(): Promise<void>;
  begun(browser: Browser, body?: object): Promise<URL>;
  /** A browser that came back from the provider, just before it asks our callback. */
  returned(change?: (address: URL) => void): Promise<{ browser: Browser; callback: URL }>;
  /** That nobody is signed in, and that the audit says so last. */
  expectNobody(browser: Browser, problem: string, more?: object): Promise<void>;
  close(): Promise<void>;
}

export async function openOidcBench(): Promise<OidcBench> {
  const bench = await openBench();
  const issuer = await startIssuer([callbackOf("idp"), callbackOf("other"), callbackOf("thin")]);
  const settings = (changes: Partial<OidcSettings> = {}): OidcSettings => ({
    name: "idp",
    kind: "oidc",
    issuer: issuer.address,
    clientId,
    clientSecret,
    scopes: ["openid", "email", "profile"],
    admit: "anyone",
    role: "viewer",
    domains: [],
    ...changes,
  });
  const begun = async (browser: Browser, body: object = {}) => {
    const answer = await browser.begin("idp", body);
    return new URL(((await answer.json()) as { address: string }).address);
  };
  return {
    bench,
    issuer,
    settings,
    begun,
    async reset() {
      issuer.account = { sub: "ana-1", claims: { name: "Ana Lima" } };
      issuer.intercept = null;
      await bench.provide([settings(), settings({ name: "other" })]);
    },
    async returned(change = () => undefined) {
      const browser = newBrowser();
      const address = await begun(browser);
      change(address);
      return { browser, callback: await browser.followToCallback(address.href) };
    },
    async expectNobody(browser, problem, more = {}) {
      expect([...browser.cookies(pushline).keys()]).toEqual([]);
      expect((await bench.audited("account.sign_in_failed")).at(-1)).toEqual({
        actor: "anonymous",
        subject: "idp",
        details: { problem, ...more },
      });
    },
    async close() {
      await issuer.close();
      await bench.database.close();
    },
  };
}

/** Where our callback leads. */
export async function outcome(browser: Browser, callback: URL): Promise<string | null> {
  const answer = await browser.comeBack(callback);
  expect(answer.status).toBe(303);
  return answer.headers.get("location");
}

export const refused = (problem: string) => `/sign-in?problem=${problem}`;
