import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { toToken } from "@/lib/config";
import { bearer } from "@/lib/http/server/testing";
import { settleAll } from "@/lib/projection/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

const rule = { repository: null, team: "payments", dependsOn: [], paths: [], deployments: [] };
const all = ["ingest", "read", "write", "admin"] as const;

let server: SettingsServer;
/** As an admin of the team payments. */
let mine: Record<string, string>;

beforeAll(async () => {
  server = await settingsServer({
    file: {
      teams: [
        { name: "payments", timezone: "UTC" },
        { name: "accounts", timezone: "UTC" },
      ],
      services: [
        { ...rule, name: "ledger", repository: "acme/ledger", team: "accounts" },
        { ...rule, name: "nobodys", repository: "acme/nobodys", team: null },
      ],
      tokens: [
        toToken({ name: "pipeline", token: "all-scopes-token", scopes: [...all] }),
        toToken({ name: "reports-ci", token: "ci", scopes: ["ingest"], service: "reports" }),
      ],
    },
  });
  mine = { cookie: (await signedIn(server.context, { teams: { payments: "admin" } })).cookie };
  await deployed("ledger", { repository: "acme/ledger" });
  await deployed("search-eu");
  await deployed("basket-eu", { repository: "acme/basket" });
  await settleAll(server.context);
  await server.database.db
    .insertInto("series")
    .values({
      source: "pipeline",
      service: "measured",
      environment: "production",
      metric: "requests",
      unit: "1",
      shape: "gauge",
      labels: "{}",
      identity: Buffer.from("measured"),
    })
    .execute();
});
afterAll(() => server.close());

async function deployed(service: string, more: object = {}): Promise<void> {
  const event = {
    type: "deployment",
    id: `${service} 1`,
    service,
    environment: "production",
    revision: "r1",
    status: "succeeded",
    finishedAt: new Date().toISOString(),
    ...more,
  };
  const headers = { ...bearer("pipeline"), "content-type": "application/json" };
  expect((await server.ask("POST", "/events", event, headers)).status).toBe(202);
}
const save = (name: string, more: object = {}, headers?: Record<string, string>) =>
  server.ask("PUT", `/service-rules/${name}`, { ...rule, ...more }, headers);
const preview = (name: string, more: object = {}, headers?: Record<string, string>) =>
  server.ask("POST", "/service-rules/preview", { name, ...rule, ...more }, headers);
const forbidden = (field: string, detail: RegExp) => ({
  status: 403,
  body: { code: "forbidden", field, detail: expect.stringMatching(detail) },
});

describe("a rule by a team's admin", () => {
  it.each([
    ["a repository that another team's rule has", "grab", { repository: "Acme/Ledger" }],
    ["a repository that a rule of no team has", "grab", { repository: "acme/nobodys" }],
  ])("403 for %s, with globs or without", async (_what, name, more) => {
    const expected = forbidden("repository", /^The rule of \w+, which is not your teams'.*ask an/);
    for (const deployments of [[], ["*"]])
      for (const ask of [save, preview])
        expect(await ask(name, { ...more, deployments }, mine)).toMatchObject(expected);
  });

  it("403 for globs that look everywhere", async () => {
    for (const ask of [save, preview])
      expect(await ask("grab", { deployments: ["*"] }, mine)).toMatchObject(
        forbidden("deployments", /every team's.*or ask an admin of the instance/),
      );
  });

  it.each(["search-eu", "SEARCH-EU", "measured", "reports", "Ledger"])(
    "403 for a first rule of %s, which is known already",
    async (name) => {
      for (const ask of [save, preview])
        expect(await ask(name, {}, mine)).toMatchObject(
          forbidden("name", /ask an admin of the instance for its first rule/),
        );
    },
  );

  it("403 for what it would take from a service that is not theirs, which the preview shows", async () => {
    // By its globs all that names no repository, and what no rule has had yet.
    const everywhere = { repository: "acme/own", deployments: ["search-*"] };
    expect(await save("grab", everywhere, mine)).toMatchObject(
      forbidden("deployments", /of search-eu, which is not your teams'.*ask an admin/),
    );
    expect((await preview("grab", everywhere, mine)).body.deployments.examples).toMatchObject([
      { from: "search-eu", to: "grab" },
    ]);
    expect(await save("grab", { repository: "acme/basket" }, mine)).toMatchObject(
      forbidden("repository", /of basket-eu, which is not your teams'/),
    );
  });

  it("200 for what is new or theirs, and for whatever it names no more than before", async () => {
    const own = { repository: "acme/checkout", deployments: ["checkout-*"] };
    expect((await save("checkout", own, mine)).status).toBe(200);
    await deployed("checkout-eu", { repository: "acme/checkout" });
    await settleAll(server.context);
    const more = { ...own, deployments: ["checkout-*", "till"] };
    expect((await save("checkout", more, mine)).status).toBe(200);
    expect((await save("checkout-web", { repository: own.repository }, mine)).status).toBe(200);
  });

  it("200 to change what an admin of the instance gave it, but for its share of others' repository", async () => {
    const shared = { repository: "acme/ledger", deployments: ["shared"] };
    expect((await save("shared", shared)).status).toBe(200);
    expect((await save("shared", { ...shared, paths: ["shared/**"] }, mine)).status).toBe(200);
    expect((await save("shared", { ...shared, deployments: [] }, mine)).status).toBe(200);
    expect(await save("shared", { ...shared, deployments: ["*"] }, mine)).toMatchObject(
      forbidden("deployments", /^The rule of ledger/),
    );
    expect((await save("search", { deployments: ["search-*"] })).status).toBe(200);
    expect((await save("search", { dependsOn: ["ledger"] }, mine)).status).toBe(200);
  });
});

it("200 for an admin of the instance, whatever it takes", async () => {
  expect((await save("wide", { deployments: ["*"], repository: "acme/ledger" })).status).toBe(200);
  expect((await save("reports")).status).toBe(200);
});
