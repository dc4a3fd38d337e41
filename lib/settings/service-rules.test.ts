import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { bearer } from "@/lib/http/server/testing";
import { type Projection, startProjection } from "@/lib/projection/worker";
import { onlyNew, type SettingsServer, settingsServer } from "@/lib/settings/testing";

const rule = { repository: null, team: null, dependsOn: [], paths: [], deployments: [] };

let server: SettingsServer;
let projection: Projection;
beforeAll(async () => {
  server = await settingsServer({
    file: {
      teams: [
        { name: "payments", timezone: "UTC" },
        { name: "search", timezone: "UTC" },
      ],
      services: [{ ...rule, name: "of-file", team: "payments" }],
    },
    onDeliveries: () => projection?.wake(),
  });
  projection = startProjection(server.context, { log: () => undefined });
});
afterAll(async () => {
  await projection.close();
  await server.close();
});

const save = (name: string, more: object, headers?: Record<string, string>) =>
  server.ask("PUT", `/service-rules/${name}`, { ...rule, ...more }, headers);
const preview = (name: string, more: object, headers?: Record<string, string>) =>
  server.ask("POST", "/service-rules/preview", { name, ...rule, ...more }, headers);

let number = 0;
const moment = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
async function deployed(service: string, more: object = {}): Promise<void> {
  number += 1;
  const event = {
    type: "deployment",
    id: `d${number}`,
    service,
    environment: "production",
    revision: `r${number}`,
    status: "succeeded",
    startedAt: moment(10),
    finishedAt: moment(9),
    ...more,
  };
  const { status } = await server.ask("POST", "/events", event, {
    ...bearer("pipeline"),
    "content-type": "application/json",
  });
  expect(status).toBe(202);
}
async function deploymentsByService(): Promise<Record<string, number>> {
  await projection.idle();
  const { items } = (await server.ask("GET", "/deployments")).body;
  const counts: Record<string, number> = {};
  for (const { service } of items) counts[service] = (counts[service] ?? 0) + 1;
  return counts;
}
const moved = (expected: Record<string, number>) =>
  vi.waitFor(async () => expect(await deploymentsByService()).toEqual(expected), {
    timeout: 20_000,
    interval: 50,
  });

describe("PUT /api/v1/service-rules/{name}", () => {
  it("200, and what was deployed before is the service's; so back when the rule goes", async () => {
    await deployed("web-eu");
    await deployed("web-us");
    await deployed("api");
    await moved({ "web-eu": 1, "web-us": 1, api: 1 });

    const candidate = { deployments: ["web-*"], team: "payments" };
    const expected = await preview("web", candidate);
    expect(expected).toMatchObject({
      status: 200,
      body: {
        deployments: {
          seen: 3,
          complete: true,
          matched: 2,
          moved: 2,
          examples: [
            { named: "web-us", environment: "production", from: "web-us", to: "web" },
            { named: "web-eu", from: "web-eu", to: "web" },
          ],
        },
      },
    });
    expect(await deploymentsByService()).toEqual({ "web-eu": 1, "web-us": 1, api: 1 });

    expect((await save("web", candidate)).body).toEqual({
      ...rule,
      ...candidate,
      name: "web",
      provisioned: false,
    });
    await moved({ web: 2, api: 1 });
    const { items } = (await server.ask("GET", "/deployments?team=payments")).body;
    expect(items).toHaveLength(2);

    expect((await server.ask("DELETE", "/service-rules/web")).status).toBe(200);
    await moved({ "web-eu": 1, "web-us": 1, api: 1 });
  });

  it("409 for a name that is taken where only a new one is asked for, and the rule stays", async () => {
    expect((await save("ledger", { repository: "acme/ledger" }, onlyNew)).status).toBe(200);
    const taken = await save("ledger", { repository: "acme/other" }, onlyNew);
    expect(taken).toMatchObject({ status: 409, body: { code: "name_taken", field: "name" } });
    const { items } = (await server.ask("GET", "/service-rules")).body;
    expect(items).toContainEqual(
      expect.objectContaining({ name: "ledger", repository: "acme/ledger" }),
    );
    await server.ask("DELETE", "/service-rules/ledger");
  });

  it.each([
    [{ team: "nobody" }, "team"],
    [{ deployments: [""] }, "deployments.0"],
    [{ deployments: ["(a+)+"] }, "deployments.0"],
    [{ deployments: ["{a,aa}+"] }, "deployments.0"],
    [{ paths: ["*a*a*a*a"] }, "paths.0"],
    [{ deployments: ["*a*a*b"] }, "deployments.0"],
    [{ paths: ["x".repeat(201)] }, "paths.0"],
    [{ labels: {} }, "body"],
  ])("400 for %j, in the preview too", async (more, field) => {
    for (const ask of [save, preview])
      expect(await ask("odd", more)).toMatchObject({
        status: 400,
        body: { code: "invalid_field", field },
      });
  });

  it("409 for a service of pushline.yaml, 404 for none", async () => {
    expect(await save("of-file", {})).toMatchObject({ status: 409, body: { code: "provisioned" } });
    expect((await preview("of-file", {})).body.code).toBe("provisioned");
    expect((await server.ask("DELETE", "/service-rules/of-file")).status).toBe(409);
    expect((await server.ask("DELETE", "/service-rules/nobody")).status).toBe(404);
  });

  it("lists the rules of both kinds", async () => {
    await save("listed", { dependsOn: ["api"] });
    const { items } = (await server.ask("GET", "/service-rules")).body;
    expect(items).toEqual([
      { ...rule, name: "listed", dependsOn: ["api"], provisioned: false },
      { ...rule, name: "of-file", team: "payments", provisioned: true },
    ]);
    await server.ask("DELETE", "/service-rules/listed");
  });

  it("writes what it was and what it is into the audit", async () => {
    await save("audited", { deployments: ["one"] });
    await save("audited", { deployments: ["two"] });
    const { details } = await server.database.db
      .selectFrom("audit")
      .select("details")
      .where("action", "=", "service.saved")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(details).toMatchObject({
      before: { deployments: ["one"] },
      after: { deployments: ["two"] },
    });
  });
});

describe("who may set a rule", () => {
  it("a team's admin that of the team; to move it, the admin of both", async () => {
    const of = async (...teams: string[]) => {
      const held = Object.fromEntries(teams.map((team) => [team, "admin" as const]));
      return { cookie: (await signedIn(server.context, { teams: held })).cookie };
    };
    const [payments, search, both] = [
      await of("payments"),
      await of("search"),
      await of("payments", "search"),
    ];
    expect((await save("ledger", { team: "payments" }, search)).status).toBe(403);
    expect((await save("ledger", {}, payments)).status).toBe(403);
    expect((await save("ledger", { team: "payments" }, payments)).status).toBe(200);
    expect((await save("ledger", { team: "search" }, payments)).status).toBe(403);
    expect((await save("ledger", { team: "search" }, search)).status).toBe(403);
    expect((await preview("ledger", { team: "search" }, search)).status).toBe(403);
    expect((await save("ledger", { team: "search" }, both)).status).toBe(200);
    const remove = (headers: Record<string, string>) =>
      server.ask("DELETE", "/service-rules/ledger", undefined, headers);
    expect((await remove(payments)).status).toBe(403);
    expect((await remove(search)).status).toBe(200);
  });

  it("no token of one team, which would so say how far it reaches; it sees the team's", async () => {
    const reach = { kind: "team", name: "payments" };
    const { body } = await server.ask("POST", "/tokens", {
      name: "narrow",
      scopes: ["admin"],
      reach,
    });
    const narrow = { authorization: `Bearer ${body.secret}` };
    const grab = { team: "payments", deployments: ["*"] };
    for (const ask of [save, preview]) expect((await ask("grab", grab, narrow)).status).toBe(404);
    await save("of-others", { team: "search" });
    const { items } = (await server.ask("GET", "/service-rules", undefined, narrow)).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["of-file"]);
  });
});

describe("POST /api/v1/service-rules/preview", () => {
  it("tells which changes of the repository are the service's, and writes nothing", async () => {
    for (const [revision, paths] of [
      ["c1", ["apps/web/a.ts"]],
      ["c2", ["apps/api/a.ts"]],
      ["c3", null],
    ] as const)
      await server.ask(
        "POST",
        "/events",
        {
          type: "change",
          id: revision,
          repository: "Acme/mono",
          revision: revision.repeat(20),
          authoredAt: moment(60),
          committedAt: moment(50),
          message: `change ${revision}`,
          ...(paths && { paths }),
        },
        { ...bearer("pipeline"), "content-type": "application/json" },
      );
    await projection.idle();
    const { body } = await preview("web", { repository: "acme/mono", paths: ["apps/web/**"] });
    expect(body.changes).toMatchObject({
      seen: 3,
      complete: true,
      // Of unknown paths it is every service's.
      matched: 2,
      examples: [{ message: "change c1", paths: ["apps/web/a.ts"] }],
    });
    const { items } = (await server.ask("GET", "/service-rules")).body;
    expect(items.map(({ name }: { name: string }) => name)).not.toContain("web");
  });

  it("counts what leaves a service when its rule changes", async () => {
    await save("shop", { deployments: ["api"] });
    await moved({ "web-eu": 1, "web-us": 1, shop: 1 });
    const { body } = await preview("shop", { deployments: ["web-*"] });
    expect(body.deployments).toMatchObject({ matched: 2, moved: 3 });
    expect(body.deployments.examples).toContainEqual(
      expect.objectContaining({ named: "api", from: "shop", to: "api" }),
    );
  });
});
