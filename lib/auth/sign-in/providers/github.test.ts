import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { githubProvider } from "@/lib/auth/sign-in/providers/github";
import { type Bench, openBench } from "@/lib/auth/sign-in/providers/testing/bench";
import { type Browser, newBrowser, pushline } from "@/lib/auth/sign-in/providers/testing/browser";
import {
  type Github,
  githubClient,
  startGithub,
} from "@/lib/auth/sign-in/providers/testing/github";
import { json } from "@/lib/auth/sign-in/providers/testing/listen";
import type { GithubSettings } from "@/lib/config/sign-in";

let bench: Bench;
let github: Github;
beforeAll(async () => {
  bench = await openBench();
  github = await startGithub();
});
afterAll(async () => {
  await github.close();
  await bench.database.close();
});

const settings = (changes: Partial<GithubSettings> = {}): GithubSettings => ({
  name: "github",
  kind: "github",
  ...githubClient,
  url: github.address,
  admit: "anyone",
  role: "viewer",
  organizations: [],
  ...changes,
});

const home = { email: "octocat@github.com", primary: true, verified: true, visibility: "private" };

beforeEach(async () => {
  Object.assign(github, {
    user: { id: 583231, login: "octocat", name: "The Octocat" },
    emails: [{ ...home, email: "old@github.com", primary: false }, home],
    organizations: [],
    intercept: null,
  });
  await bench.provide([settings()]);
});
afterEach(() => vi.restoreAllMocks());

async function begun(browser: Browser): Promise<string> {
  return ((await (await browser.begin("github")).json()) as { address: string }).address;
}

async function signIn() {
  const browser = newBrowser();
  const location = await browser.follow(await begun(browser));
  return { location, person: await bench.whoIs(browser.cookies(pushline)) };
}

const refused = (problem: string) => `/sign-in?problem=${problem}`;

describe("sign-in by GitHub", () => {
  it("signs in by the account's number, with its primary verified e-mail address", async () => {
    const first = await signIn();
    expect(first.location).toBe("/");
    expect(first.person).toMatchObject({ name: "The Octocat", email: "octocat@github.com" });
    expect(github.scope).toBe("user:email");
    expect((await bench.audited("account.signed_in")).at(-1)?.details).toEqual({
      issuer: github.address,
    });

    github.user = { id: 583231, login: "renamed", name: null };
    expect((await signIn()).person?.id).toBe(first.person?.id);
    // The login that was given up is somebody else's now.
    github.user = { id: 7, login: "octocat", name: null };
    const second = await signIn();
    expect(second.person).toMatchObject({ name: "octocat" });
    expect(second.person?.id).not.toBe(first.person?.id);
    const identities = await bench.context.db
      .selectFrom("identities")
      .select(["issuer", "subject"])
      .where("issuer", "=", github.address)
      .orderBy("subject")
      .execute();
    expect(identities.map(({ subject }) => subject)).toEqual(["583231", "7"]);
  });

  it("keeps no e-mail address that is not verified, nor the public one", async () => {
    github.user = { id: 11, login: "unproven", name: null };
    github.emails = [{ ...home, verified: false }];
    expect((await signIn()).person).toMatchObject({ name: "unproven", email: null });
  });

  it("lets in members of the organizations named, found on any page, and nobody else", async () => {
    await bench.provide([settings({ organizations: ["Acme"] })]);
    github.user = { id: 21, login: "member", name: null };
    github.organizations = Array.from({ length: 120 }, (_, index) => `org-${index}`);
    expect((await signIn()).location).toBe(refused("organization_not_allowed"));
    github.organizations.push("acme");
    expect((await signIn()).location).toBe("/");
    expect(github.scope).toBe("user:email read:org");
    // Whoever leaves is not let in any more.
    github.organizations = ["acme-fans"];
    expect((await signIn()).location).toBe(refused("organization_not_allowed"));
  });

  it("asks for an invitation where it admits the invited alone", async () => {
    await bench.provide([settings({ admit: "invited" })]);
    github.user = { id: 31, login: "stranger", name: null };
    expect((await signIn()).location).toBe(refused("not_invited"));
  });

  it("goes to github.com and its API, to a tenant's, or to a server's own", async () => {
    const asked: string[] = [];
    vi.spyOn(globalThis, "fetch").mockImplementation(async (address) => {
      asked.push(String(address));
      return Response.json(
        String(address).endsWith("/access_token")
          ? { access_token: "gho_x" }
          : String(address).endsWith("/user")
            ? { id: 1, login: "a" }
            : [],
      );
    });
    const proofs = {
      state: "s",
      nonce: "n",
      verifier: "v",
      redirectAddress: "https://p.example/c",
    };
    for (const [url, apiUrl] of [
      ["https://github.com"],
      ["https://acme.ghe.com"],
      ["https://git.acme.com"],
      ["https://git.acme.com", "https://api.acme.com"],
    ] as const) {
      const provider = githubProvider(settings({ url, ...(apiUrl && { apiUrl }) }));
      expect(await provider.authorizeAddress(proofs)).toMatch(`${url}/login/oauth/authorize?`);
      const identity = await provider.identify(
        proofs,
        new URLSearchParams({ code: "c", state: "s", iss: `${url}/login/oauth` }),
      );
      expect(identity).toEqual({ issuer: url, subject: "1", name: "a", email: null });
    }
    expect(asked.filter((address) => address.endsWith("/user"))).toEqual([
      "https://api.github.com/user",
      "https://api.acme.ghe.com/user",
      "https://git.acme.com/api/v3/user",
      "https://api.acme.com/user",
    ]);
  });
});

describe("GitHub says no", () => {
  async function returned() {
    const browser = newBrowser();
    const callback = await browser.followToCallback(await begun(browser));
    return { browser, callback };
  }
  async function outcome({ browser, callback }: { browser: Browser; callback: URL }) {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = await browser.comeBack(callback);
    expect(browser.cookies(pushline).size).toBe(0);
    expect(log).not.toHaveBeenCalled();
    const [last] = (await bench.audited("account.sign_in_failed")).slice(-1);
    expect(JSON.stringify(last)).not.toMatch(/secret|gho_|passed/);
    return { location: answer.headers.get("location"), details: last?.details };
  }

  it("with 200, to a code that is spent or made up", async () => {
    const { browser, callback } = await returned();
    callback.searchParams.set("code", "made-up");
    expect(await outcome({ browser, callback })).toEqual({
      location: refused("provider_refused"),
      details: {
        problem: "provider_refused",
        providerCode: "bad_verification_code",
      },
    });
  });

  it("with 200, to our secret, repeating it", async () => {
    await bench.provide([settings({ clientSecret: "not-the-secret" })]);
    expect((await outcome(await returned())).details).toEqual({
      problem: "provider_misconfigured",
      providerCode: "incorrect_client_credentials",
    });
  });

  it("for the person, who canceled", async () => {
    const { browser, callback } = await returned();
    callback.searchParams.delete("code");
    callback.searchParams.set("error", "access_denied");
    expect((await outcome({ browser, callback })).location).toBe(refused("canceled"));
  });

  it("in the name of another issuer, or twice over", async () => {
    const one = await returned();
    one.callback.searchParams.set("iss", "https://accounts.google.com");
    expect((await outcome(one)).location).toBe(refused("answer_not_trusted"));
    const two = await returned();
    two.callback.searchParams.append("code", "another");
    expect((await outcome(two)).location).toBe(refused("answer_not_trusted"));
  });

  const says = (status: number, body: unknown) => (response: ServerResponse) =>
    json(response, status, body);
  it.each([
    ["/login/oauth/access_token", "503", says(503, {}), "provider_unavailable"],
    ["/login/oauth/access_token", "404", says(404, { message: "Not Found" }), "provider_refused"],
    ["/login/oauth/access_token", "neither token nor error", says(200, {}), "answer_not_trusted"],
    ["/api/v3/user", "401", says(401, { message: "Bad credentials" }), "provider_refused"],
    ["/api/v3/user", "429", says(429, { message: "slow down" }), "provider_unavailable"],
    ["/api/v3/user", "an id as text", says(200, { id: "1", login: "a" }), "answer_not_trusted"],
    [
      "/api/v3/user",
      "an id that is none",
      says(200, { id: 1e300, login: "a" }),
      "answer_not_trusted",
    ],
    ["/api/v3/user/emails", "no list", says(200, { message: "?" }), "answer_not_trusted"],
    [
      "/api/v3/user/emails",
      "a hang-up",
      (r: ServerResponse) => void r.destroy(),
      "provider_unavailable",
    ],
  ])("at %s with %s", async (path, _what, answer, problem) => {
    github.intercept = (asked, response) => {
      if (asked === path) answer(response);
      return asked === path;
    };
    expect((await outcome(await returned())).location).toBe(refused(problem));
  });

  it("by saying nothing for ten seconds", async () => {
    const came = await returned();
    github.intercept = (path) => path === "/api/v3/user";
    const soon = AbortSignal.timeout.bind(AbortSignal);
    const waits: number[] = [];
    vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      waits.push(milliseconds);
      // The first answers at once; the second never does.
      return waits.length > 1 ? soon(50) : soon(milliseconds);
    });
    expect((await outcome(came)).location).toBe(refused("provider_unavailable"));
    expect(waits).toEqual([10_000, 10_000]);
  });
});
