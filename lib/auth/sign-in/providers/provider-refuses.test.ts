import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Bench } from "@/lib/auth/sign-in/providers/testing/bench";
import { newBrowser } from "@/lib/auth/sign-in/providers/testing/browser";
import { clientSecret, type Issuer } from "@/lib/auth/sign-in/providers/testing/issuer";
import { json } from "@/lib/auth/sign-in/providers/testing/listen";
import {
  type OidcBench,
  openOidcBench,
  outcome,
  refused,
} from "@/lib/auth/sign-in/providers/testing/oidc-bench";

let bench: Bench;
let issuer: Issuer;
let settings: OidcBench["settings"];
let returned: OidcBench["returned"];
let expectNobody: OidcBench["expectNobody"];
let own: OidcBench;
beforeAll(async () => {
  own = await openOidcBench();
  ({ bench, issuer, settings, returned, expectNobody } = own);
});
afterAll(() => own.close());
beforeEach(() => own.reset());

/** All that this process wrote to its log. */
let log: unknown[][];
beforeEach(() => {
  log = [];
  for (const level of ["log", "info", "warn", "error"] as const)
    vi.spyOn(console, level).mockImplementation((...words) => void log.push(words));
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(JSON.stringify(log)).not.toContain(clientSecret);
});

describe("a provider that says no", () => {
  it("because the person did: none of its words reach page or audit", async () => {
    issuer.account = null;
    const { browser, callback } = await returned();
    expect(callback.searchParams.get("error_description")).toContain(clientSecret);
    expect(await outcome(browser, callback)).toBe(refused("canceled"));
    await expectNobody(browser, "canceled", { providerCode: "access_denied" });
  });

  it("with an error that is no code keeps it out of the audit", async () => {
    const { browser, callback } = await returned();
    callback.searchParams.delete("code");
    callback.searchParams.set("error", `<b>${clientSecret}</b>`);
    expect(await outcome(browser, callback)).toBe(refused("provider_refused"));
    await expectNobody(browser, "provider_refused");
  });

  it("to our own secret: for an admin to mend", async () => {
    await bench.provide([settings({ clientSecret: "another-secret-than-registered" })]);
    const { browser, callback } = await returned();
    expect(await outcome(browser, callback)).toBe(refused("provider_misconfigured"));
    await expectNobody(browser, "provider_misconfigured", { providerCode: "invalid_client" });
  });

  it("to the issuer it is asked as", async () => {
    await bench.provide([settings({ issuer: `${issuer.address}/realms/none` })]);
    const answer = await newBrowser().begin("idp");
    expect(answer.status).toBe(503);
    const problem = await answer.text();
    expect(problem).toContain("sign_in_unavailable");
    expect(problem).toContain("issuer");
    expect(problem).not.toContain(clientSecret);
  });

  it.each([
    ["fails", (response: ServerResponse) => json(response, 500, { error: "server_error" })],
    ["answers with a page", (response: ServerResponse) => response.writeHead(502).end("<html>")],
    ["hangs up", (response: ServerResponse) => response.destroy()],
    ["sends no end of it", (response: ServerResponse) => response.end("x".repeat(1_100_000))],
  ])("because it %s: it is unavailable, and nobody is to blame", async (_how, answer) => {
    const { browser, callback } = await returned();
    issuer.intercept = (request, response) => {
      if (request.url !== "/token") return false;
      answer(response);
      return true;
    };
    expect(await outcome(browser, callback)).toBe(refused("provider_unavailable"));
    await expectNobody(browser, "provider_unavailable");
    expect(await failures()).toBe(0);
  });

  it("by redirecting what we send, secret and all: nothing follows", async () => {
    const { browser, callback } = await returned();
    issuer.intercept = (request, response) => {
      if (request.url !== "/token") return false;
      response.writeHead(307, { location: `${issuer.address}/elsewhere` }).end();
      return true;
    };
    expect(await outcome(browser, callback)).toBe(refused("provider_refused"));
    expect(issuer.asked.has("/elsewhere")).toBe(false);
  });

  it("by not answering for ten seconds", async () => {
    const { browser, callback } = await returned();
    issuer.intercept = (request) => request.url === "/token";
    const waits: number[] = [];
    const soon = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      waits.push(milliseconds);
      return soon(50);
    });
    expect(await outcome(browser, callback)).toBe(refused("provider_unavailable"));
    expect(new Set(waits)).toEqual(new Set([10_000]));
  });
});

async function failures(): Promise<number> {
  const rows = await bench.context.db.selectFrom("throttles").select("failures").execute();
  return rows.reduce((sum, row) => sum + row.failures, 0);
}
