import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { deliver, posted } from "@/lib/projection/testing";
import { type SettingsServer, settingsServer } from "@/lib/settings/testing";

let server: SettingsServer;
beforeAll(async () => {
  server = await settingsServer({
    file: {
      teams: [
        { name: "payments", timezone: "UTC" },
        { name: "search", timezone: "UTC" },
      ],
      services: [
        {
          name: "checkout",
          repository: null,
          team: "payments",
          dependsOn: [],
          paths: [],
          deployments: [],
        },
      ],
    },
  });
});
afterAll(() => server.close());

const bearerOf = (secret: string) => ({ authorization: `Bearer ${secret}` });
let sent = 0;
/** What the server's own door says to an event under this secret. */
async function sends(secret: string, url = server.url): Promise<number> {
  const event = { type: "deployment", id: `d${sent++}`, service: "a", environment: "production" };
  const response = await fetch(`${url}/api/v1/events`, {
    method: "POST",
    headers: { "content-type": "application/json", ...bearerOf(secret) },
    body: JSON.stringify({ ...event, revision: "r1", status: "succeeded" }),
  });
  return response.status;
}
const make = (body: object, headers?: Record<string, string>) =>
  server.ask("POST", "/tokens", { scopes: ["ingest"], ...body }, headers);
const listed = async (name: string, headers?: Record<string, string>) =>
  (await server.ask("GET", "/tokens", undefined, headers)).body.items.find(
    (token: { name: string }) => token.name === name,
  );
/** As if the hours had passed. */
async function past(id: string, column: "expires_at" | "previous_valid_until") {
  await sql`update tokens set ${sql.ref(column)} = now() - interval '1 second' where id = ${id}`.execute(
    server.database.db,
  );
  await server.context.settingsChanged();
}

describe("POST /api/v1/tokens", () => {
  it("201 with a secret that is shown once, kept as its hash, and sends at once", async () => {
    const { status, body } = await make({ name: "ci" });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^pl_[\w-]{43}$/);
    expect(body.token).toMatchObject({
      name: "ci",
      prefix: body.secret.slice(0, 8),
      scopes: ["ingest"],
      reach: null,
      createdBy: "pipeline",
      provisioned: false,
      state: "active",
    });
    expect(await sends(body.secret)).toBe(202);
    const { db } = server.database;
    const stored = await sql<{ all: string }>`
      select concat((select json_agg(t) from tokens t), (select json_agg(a) from audit a)) as all`.execute(
      db,
    );
    expect(stored.rows[0]?.all).toContain("token.made");
    expect(stored.rows[0]?.all).not.toContain(body.secret.slice(8));
    expect(JSON.stringify(await server.ask("GET", "/tokens"))).not.toContain(body.secret.slice(8));
    const { source } = await db
      .selectFrom("deliveries")
      .select("source")
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(source).toBe("ci");
  });

  it("shows when it was used last", async () => {
    const { body } = await make({ name: "used" });
    expect(body.token.lastUsedAt).toBeNull();
    await sends(body.secret);
    expect((await listed("used")).lastUsedAt).toMatch(/Z$/);
  });

  it("403 for what its scopes leave out", async () => {
    const { body } = await make({ name: "looks", scopes: ["read"] });
    expect(await sends(body.secret)).toBe(403);
    expect((await server.ask("GET", "/teams", undefined, bearerOf(body.secret))).status).toBe(200);
    expect((await server.ask("GET", "/tokens", undefined, bearerOf(body.secret))).status).toBe(403);
  });

  it.each([
    [{ name: "late", expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    [{ name: "none", scopes: [] }, "scopes"],
    [{ name: "odd", scopes: ["everything"] }, "scopes.0"],
    [{ name: "" }, "name"],
    [{ name: "github/acme" }, "name"],
    [{ name: "of us" }, "name"],
    [{ name: "far", reach: { kind: "team", name: "nobody" } }, "reach.name"],
    [{ name: "far", reach: { kind: "service", name: "nobody" } }, "reach.name"],
    [{ name: "far", reach: { kind: "source", name: "nobody" } }, "reach.name"],
    [{ name: "far", reach: { kind: "planet", name: "earth" } }, "reach.kind"],
  ])("400 for %j", async (body, field) => {
    expect(await make(body)).toMatchObject({
      status: 400,
      body: { code: "invalid_field", field },
    });
  });

  it.each(["ci", "pipeline", "pushline"])("409 for the name %s, which facts bear", async (name) => {
    const answer = await make({ name });
    expect(answer).toMatchObject({ status: 409, body: { code: "name_taken", field: "name" } });
  });

  it("409 for a name that pushline.yaml had once, which deliveries or series still bear", async () => {
    const { db } = server.database;
    await deliver(db, [posted("of-last-year", "native", "10:00", {})]);
    const series = { service: "a", environment: "production", metric: "m", unit: "1" };
    await db
      .insertInto("series")
      .values({
        ...series,
        source: "once-measured",
        shape: "gauge",
        labels: "{}",
        identity: Buffer.from("once-measured"),
      })
      .execute();
    for (const name of ["of-last-year", "once-measured"]) {
      expect((await make({ name })).body).toMatchObject({ code: "name_taken", field: "name" });
      const source = await server.ask("POST", "/sources", { name, provider: "github" });
      expect(source.body.code).toBe("name_taken");
    }
  });

  it("201 for one of ten that ask for a name at once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => make({ name: "wanted" })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === "name_taken")).toHaveLength(9);
  });
});

describe("a token's end", () => {
  it("is told by its expiry", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await make({ name: "brief", expiresAt });
    expect(body.token).toMatchObject({ expiresAt, state: "active" });
    expect(await sends(body.secret)).toBe(202);
    await past(body.token.id, "expires_at");
    expect(await sends(body.secret)).toBe(401);
    expect(await listed("brief")).toMatchObject({ state: "expired" });
    const rotated = await server.ask("POST", `/tokens/${body.token.id}/rotation`, {});
    expect(rotated).toMatchObject({ status: 409, body: { code: "conflict" } });
  });

  it("comes at once when it is revoked, and its name stays taken", async () => {
    const { body } = await make({ name: "leaked" });
    const { id } = body.token;
    const rotated = await server.ask("POST", `/tokens/${id}/rotation`, { hours: 1 });
    expect(await server.ask("DELETE", `/tokens/${id}`)).toMatchObject({
      status: 200,
      body: { state: "revoked" },
    });
    expect(await sends(body.secret)).toBe(401);
    expect(await sends(rotated.body.secret)).toBe(401);
    expect(await listed("leaked")).toMatchObject({ state: "revoked", replacing: null });
    expect((await make({ name: "leaked" })).body.code).toBe("name_taken");
    expect((await server.ask("DELETE", `/tokens/${id}`)).status).toBe(404);
    expect((await server.ask("POST", `/tokens/${id}/rotation`, {})).status).toBe(404);
  });

  it("409 for a token of pushline.yaml, which is listed as such", async () => {
    const token = await listed("pipeline");
    expect(token).toMatchObject({ provisioned: true, prefix: null, createdAt: null });
    expect(await server.ask("DELETE", `/tokens/${token.id}`)).toMatchObject({
      status: 409,
      body: { code: "provisioned" },
    });
    expect(await sends("all-scopes-token")).toBe(202);
  });
});

describe("POST /api/v1/tokens/{id}/rotation", () => {
  it("200 with a second secret; the first holds until its hours have passed", async () => {
    const { body: made } = await make({ name: "turned" });
    const { id } = made.token;
    const { status, body } = await server.ask("POST", `/tokens/${id}/rotation`, { hours: 2 });
    expect(status).toBe(200);
    const inHours = (Date.parse(body.token.replacing) - Date.now()) / 3_600_000;
    expect(inHours).toBeGreaterThan(1.9);
    expect(inHours).toBeLessThanOrEqual(2);
    expect([await sends(made.secret), await sends(body.secret)]).toEqual([202, 202]);
    expect((await server.ask("POST", `/tokens/${id}/rotation`, { hours: 2 })).status).toBe(409);
    await past(id, "previous_valid_until");
    expect([await sends(made.secret), await sends(body.secret)]).toEqual([401, 202]);
    expect(await listed("turned")).toMatchObject({ replacing: null, state: "active" });
  });

  it("200 and the first ends at once with 0 hours, also amid another rotation", async () => {
    const { body: made } = await make({ name: "hurried" });
    const { id } = made.token;
    const second = (await server.ask("POST", `/tokens/${id}/rotation`, {})).body.secret;
    const third = (await server.ask("POST", `/tokens/${id}/rotation`, { hours: 0 })).body.secret;
    expect([await sends(made.secret), await sends(second), await sends(third)]).toEqual([
      401, 401, 202,
    ]);
  });

  it.each([-1, 721, "24"])("400 for %j hours", async (hours) => {
    const { id } = await listed("turned");
    expect((await server.ask("POST", `/tokens/${id}/rotation`, { hours })).status).toBe(400);
  });
});

describe("another process", () => {
  it("takes a token and its end by what it is told", async () => {
    const other = await server.another();
    const { body } = await make({ name: "everywhere" });
    const bound = { timeout: 10_000, interval: 20 };
    await vi.waitUntil(async () => (await sends(body.secret, other.url)) === 202, bound);
    await server.ask("DELETE", `/tokens/${body.token.id}`);
    await vi.waitUntil(async () => (await sends(body.secret, other.url)) === 401, bound);
  });
});
