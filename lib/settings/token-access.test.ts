import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  const rule = { repository: null, dependsOn: [], paths: [], deployments: [] };
  server = await settingsServer({
    file: {
      teams: [
        { name: "payments", timezone: "UTC" },
        { name: "search", timezone: "UTC" },
      ],
      services: [{ ...rule, name: "checkout", team: "payments" }],
    },
  });
});
afterAll(() => server.close());

const bearerOf = (secret: string) => ({ authorization: `Bearer ${secret}` });
const make = (body: object, headers?: Record<string, string>) =>
  server.ask("POST", "/tokens", { scopes: ["ingest"], ...body }, headers);

describe("who may manage tokens", () => {
  it("a team's admin makes, sees and ends tokens of the team alone", async () => {
    const { cookie } = await signedIn(server.context, { teams: { payments: "admin" } });
    const mine = { cookie };
    const reach = { kind: "team", name: "payments" };
    const ofTeam = await make({ name: "payments-ci", reach }, mine);
    expect(ofTeam.status).toBe(201);
    const ofService = await make(
      { name: "checkout-ci", reach: { kind: "service", name: "checkout" } },
      mine,
    );
    expect(ofService.status).toBe(201);
    expect((await make({ name: "wide" }, mine)).status).toBe(403);
    const other = { kind: "team", name: "search" };
    expect((await make({ name: "search-ci", reach: other }, mine)).status).toBe(403);
    const { items } = (await server.ask("GET", "/tokens", undefined, mine)).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["checkout-ci", "payments-ci"]);
    const { id } = (await make({ name: "of-all" })).body.token;
    expect((await server.ask("DELETE", `/tokens/${id}`, undefined, mine)).status).toBe(403);
    expect((await server.ask("POST", `/tokens/${id}/rotation`, {}, mine)).status).toBe(403);
    const own = ofTeam.body.token.id;
    expect((await server.ask("DELETE", `/tokens/${own}`, undefined, mine)).status).toBe(200);
  });

  it("a token with a reach makes none that reaches further, and sees none", async () => {
    const reach = { kind: "team", name: "payments" };
    const { body } = await make({ name: "payments-admin", scopes: ["admin"], reach });
    const narrow = bearerOf(body.secret);
    expect((await make({ name: "within", reach }, narrow)).status).toBe(201);
    expect((await make({ name: "beyond" }, narrow)).status).toBe(404);
    const other = { kind: "team", name: "search" };
    expect((await make({ name: "beyond", reach: other }, narrow)).status).toBe(404);
    const { id } = (await make({ name: "of-all-too" })).body.token;
    expect((await server.ask("DELETE", `/tokens/${id}`, undefined, narrow)).status).toBe(404);
    const { items } = (await server.ask("GET", "/tokens", undefined, narrow)).body;
    const reaches = items.map((token: { reach: unknown }) => JSON.stringify(token.reach));
    expect(new Set(reaches)).toEqual(
      new Set([JSON.stringify(reach), JSON.stringify({ kind: "service", name: "checkout" })]),
    );
  });

  it("a token makes none that outlives it, and gets no secret of one that does", async () => {
    const reach = { kind: "team", name: "payments" };
    const end = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const expiresAt = end(2);
    const admin = { scopes: ["admin"], reach };
    const { body } = await make({ ...admin, name: "for-today", expiresAt });
    const brief = bearerOf(body.secret);
    const endOf = async (name: string, asked: string | null) =>
      (await make({ ...admin, name, expiresAt: asked }, brief)).body.token.expiresAt;
    expect(await endOf("asks-for-no-end", null)).toBe(expiresAt);
    expect(await endOf("asks-for-later", end(3))).toBe(expiresAt);
    const earlier = end(1);
    expect(await endOf("asks-for-less", earlier)).toBe(earlier);

    const lasting = (await make({ ...admin, name: "lasting" })).body.token.id;
    const rotate = (id: string) => server.ask("POST", `/tokens/${id}/rotation`, {}, brief);
    const refused = await rotate(lasting);
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(refused.body.detail).toMatch(/ends at .*: ask an admin to rotate it/);
    expect((await rotate(body.token.id)).status).toBe(200);
  });

  it("403 by a secret that a rotation replaced, which would else renew itself", async () => {
    const { body } = await make({ name: "seen-by-others", scopes: ["admin"] });
    const path = `/tokens/${body.token.id}`;
    const { secret } = (await server.ask("POST", `${path}/rotation`, {})).body;
    const replaced = bearerOf(body.secret);
    for (const attempt of [
      () => make({ name: "kept" }, replaced),
      () => server.ask("POST", `${path}/rotation`, { hours: 0 }, replaced),
      () => server.ask("DELETE", path, undefined, replaced),
    ])
      expect(await attempt()).toMatchObject({
        status: 403,
        body: { detail: expect.stringMatching(/manage tokens with the new one/) },
      });
    expect((await server.ask("GET", "/teams", undefined, replaced)).status).toBe(200);
    expect((await make({ name: "kept" }, bearerOf(secret))).status).toBe(201);
  });

  it.each(["viewer", "editor"] as const)("403 for the role %s", async (role) => {
    const { cookie } = await signedIn(server.context, { role });
    expect((await server.ask("GET", "/tokens", undefined, { cookie })).status).toBe(403);
    expect((await make({ name: "mine" }, { cookie })).status).toBe(403);
  });
});
