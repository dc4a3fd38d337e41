import { createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handle } from "@/lib/http/handle";
import { manifest } from "@/lib/http/manifest";
import { bearer, type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { parseCsv } from "@/lib/http/testing/hostile";
import { contextOver, projectAll, settleAll } from "@/lib/projection/testing";
import { providers } from "@/lib/sources/registry";

const secret = "a-secret";
/** A source of each provider that may be named in pushline.yaml. */
const names = providers.map(({ name }) => name).filter((name) => name !== "pushline");
let server: TestServer;
beforeAll(async () => {
  server = await testServer({
    sources: names.map((name) =>
      testSource({
        name,
        provider: name,
        auth: name === "github" ? "signature" : "bearer",
        secrets: [secret],
      }),
    ),
  });
});
afterAll(() => server.close());

const context = () => contextOver(server.database.db);

async function deliver(name: string, body: Uint8Array, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/api/webhooks/${name}`, {
    method: "POST",
    body: Buffer.from(body),
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${secret}`,
      "x-github-event": "deployment",
      "x-github-delivery": randomBytes(8).toString("hex"),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      ...headers,
    },
  });
  return { status: response.status, answer: await response.json() };
}

/** Delivers and projects; answers what became of it. */
async function taken(name: string, body: Uint8Array, headers?: Record<string, string>) {
  const { status, answer } = await deliver(name, body, headers);
  expect(status).toBe(202);
  await projectAll(context());
  return server.database.db
    .selectFrom("deliveries")
    .select(["outcome", "error_code", "error", "facts", "body"])
    .where("id", "=", Number(answer.delivery))
    .executeTakeFirstOrThrow();
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe.each(names)("a webhook of %s", (name) => {
  it.each([
    ["NUL", Buffer.from('{"action":"\0","a":"\\u0000"}')],
    ["lone surrogates", Buffer.from('{"action":"\\ud800","b":"\\udc00x"}')],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d])],
    [
      "200,000 levels of nesting",
      Buffer.from(`{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`),
    ],
    ["nesting that never ends", Buffer.from('{"a":'.repeat(200_000))],
    [
      "__proto__ and constructor",
      Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    ],
    [
      "numbers beyond a double",
      Buffer.from('{"id":1e400,"created_at":1e400,"deployment":{"id":1e400}}'),
    ],
    ["bytes of no meaning", randomBytes(4_096)],
  ])("of %s is kept byte for byte, settled, and stops nothing", async (_name, body) => {
    const row = await taken(name, body);
    expect(row.body.equals(body)).toBe(true);
    expect(["failed", "ignored"]).toContain(row.outcome);
    expect(row.facts).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

it("takes headers of any bytes that HTTP allows", async () => {
  const headers = { "x-github-event": "\xff\xfe'; --", "x-github-delivery": "\xe9".repeat(6_000) };
  const { status } = await deliver("github", Buffer.from("{}"), headers);
  expect(status).toBe(202);
});

describe("numbers and times that are not what they seem", () => {
  const deployment = (more: object) => ({
    deployment: { id: 7, sha: "a".repeat(40), environment: "production", ...more },
    repository: { full_name: "acme/checkout" },
  });
  const githubDeployment = (id: string) =>
    Buffer.from(JSON.stringify(deployment({ id: "ID" })).replace('"ID"', id));

  it.each(["9007199254740993", "1e400", "1.5", "-0.1"])(
    "an id of %s is refused: another one would read as the same",
    async (id) => {
      const row = await taken("github", githubDeployment(id));
      expect(row).toMatchObject({ outcome: "failed", error_code: "wrong_type", facts: [] });
      expect(row.error).toContain("deployment.id");
    },
  );

  it("an id of 2^53 − 1 is exact", async () => {
    const row = await taken("github", githubDeployment("9007199254740991"));
    expect(row.outcome).toBe("accepted");
    const { key } = await server.database.db
      .selectFrom("statements")
      .select("key")
      .where("key", "like", "%9007199254740991%")
      .executeTakeFirstOrThrow();
    expect(key).toContain("9007199254740991");
  });

  it.each([
    "1e400",
    "275761",
    '"275761-01-01T00:00:00Z"',
    '"+275760-09-13T00:00:00Z"',
    "1700000000123456789",
    '"1700000000"',
    '"2026-02-30T00:00:00Z"',
  ])("a time of %s is never taken for one: its receipt's is, and marked", async (time) => {
    const text = JSON.stringify(deployment({ id: 8, created_at: "TIME" })).replace('"TIME"', time);
    // 275761 by itself is a second of 1970, which is what the format says.
    const row = await taken("github", Buffer.from(text));
    expect(row.outcome).toBe("accepted");
    const statement = await server.database.db
      .selectFrom("statements")
      .innerJoin("deliveries", "deliveries.id", "statements.delivery_id")
      .select(["as_of", "time_from_receipt", "received_at"])
      .orderBy("statements.delivery_id", "desc")
      .executeTakeFirstOrThrow();
    if (time === "275761") expect(new Date(statement.as_of).getTime()).toBe(275_761_000);
    else {
      expect(statement.time_from_receipt).toBe(true);
      expect(new Date(statement.as_of)).toEqual(statement.received_at);
    }
  });

  const event = (more: string) =>
    `{"type":"deployment","id":"n","service":"s","environment":"production","revision":"r","status":"succeeded",${more}}`;
  it.each([
    ["a share of 1e400", event('"steps":[{"percent":1e400,"at":"2026-01-01T00:00:00Z"}]')],
    ["the year 275761", event('"finishedAt":"275761-01-01T00:00:00Z"')],
    ["nanoseconds", event('"finishedAt":1700000000123456789')],
    ["nanoseconds as text", event('"finishedAt":"1700000000123456789"')],
    [
      "a count of 2^53 + 1",
      '{"type":"test_run","id":"n","repository":"r","revision":"r","status":"succeeded","tests":9007199254740993}',
    ],
    [
      "a count of 1e400",
      '{"type":"test_run","id":"n","repository":"r","revision":"r","status":"succeeded","tests":1e400}',
    ],
    [
      "an id that is a number",
      '{"type":"release","id":9007199254740993,"service":"s","environment":"e","at":"2026-01-01T00:00:00Z"}',
    ],
    ["NUL in a text", event('"author":"a\\u0000b"')],
    ["half of a pair of surrogates", event('"author":"\\ud800"')],
    [
      "a label called __proto__",
      '{"type":"alert","id":"n","name":"a","startedAt":"2026-01-01T00:00:00Z","labels":{"__proto__":"x"}}',
    ],
  ])("400 for a native event with %s", async (_name, body) => {
    const response = await fetch(`${server.url}/api/v1/events`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...bearer("sender") },
    });
    expect([response.status, (await response.json()).code]).toEqual([400, "invalid_event"]);
  });
});

describe("OTLP", () => {
  const metric = (label: unknown, point: string) =>
    `{"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hostile"}}]},"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[{${point},"attributes":[${JSON.stringify(label)}]}]}}]}]}]}`;
  const now = () => `"timeUnixNano":"${BigInt(Date.now()) * 1_000_000n}"`;
  const export_ = (body: string | Buffer) =>
    fetch(`${server.url}/v1/metrics`, {
      method: "POST",
      body: Buffer.from(body),
      headers: { "content-type": "application/json", ...bearer("sender") },
    });
  const label = (key: string, stringValue = "v") => ({ key, value: { stringValue } });
  const labels = async () => {
    const rows = await server.database.db.selectFrom("series").select("labels").execute();
    return rows.map((row) => row.labels);
  };

  it.each(["__proto__", "constructor", "prototype", "toString"])(
    "keeps a label called %s like any other",
    async (key) => {
      expect((await export_(metric(label(key), `${now()},"asDouble":1`))).status).toBe(200);
      const own = (await labels()).filter((each) => Object.hasOwn(each, key));
      expect(own.map((each) => Object.entries(each))).toContainEqual([[key, "v"]]);
      expect(({} as { v?: unknown }).v).toBeUndefined();
    },
  );

  it.each([
    ["NUL in a name", metric(label("a\0b"), `${now()},"asDouble":1`)],
    ["NUL in a value", metric(label("a", "\0"), `${now()},"asDouble":1`)],
    ["a lone surrogate", metric(label("a", "\ud800"), `${now()},"asDouble":1`)],
    ["a value of 1e400", metric(label("a"), `${now()},"asDouble":1e400`)],
    [
      "a time of the year 275761",
      metric(label("a"), '"timeUnixNano":"8640000003600000000000","asDouble":1'),
    ],
    ["a time of 1e400", metric(label("a"), '"timeUnixNano":1e400,"asDouble":1')],
    ["a time before all", metric(label("a"), '"timeUnixNano":"-1","asDouble":1')],
    ["nesting without end", `{"resourceMetrics":${"[".repeat(200_000)}${"]".repeat(200_000)}}`],
    ["invalid UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
  ])("never answers 5xx to %s", async (_name, body) => {
    expect((await export_(body)).status).toBeLessThan(500);
  });

  it("keeps the millisecond of a time in nanoseconds, as text or as the number that JSON made of it", async () => {
    const at = Date.now() - 60_000;
    const key = randomBytes(4).toString("hex");
    for (const time of [`"${at}123456"`, `${at}123456`])
      expect(
        (await export_(metric(label(key, time), `"timeUnixNano":${time},"asDouble":1`))).status,
      ).toBe(200);
    const { rows } = await server.database.pool.query(
      "select distinct at from series_head join series on series.id = series_id where labels ? $1",
      [key],
    );
    expect(rows.map((row: { at: Date }) => row.at.getTime())).toEqual([at]);
  });

  it("refuses a whole number as a label that JSON has rounded", async () => {
    const rounded = '{"key":"a","value":{"intValue":9007199254740993}}';
    const body = metric("LABEL", `${now()},"asDouble":1`).replace('"LABEL"', rounded);
    expect((await export_(body)).status).toBe(400);
    const exact = metric("LABEL", `${now()},"asDouble":1`).replace(
      '"LABEL"',
      rounded.replace("9007199254740993", '"9007199254740993"'),
    );
    expect((await export_(exact)).status).toBe(200);
    expect(await labels()).toContainEqual({ a: "9007199254740993" });
  });
});

describe("what senders write into every text of every native event", () => {
  const folder = "lib/sources/native/fixtures";
  const strings = [
    "'; drop table deliveries; --",
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "\t=1+1",
    '","=1+1',
  ];
  const fixtures = readdirSync(folder)
    .filter((file) => /^\w+\.1\.json$/.test(file) && !file.startsWith("batch"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, unknown>);

  /** Every text that is free; what is one of a set, a time or a name of the test itself stays. */
  function poisoned(value: unknown, text: string, name = ""): unknown {
    if (Array.isArray(value)) return value.map((member) => poisoned(member, text, name));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, poisoned(member, text, key)]),
      );
    const isFixed =
      /^(type|status|kind|lane|subject)$/.test(name) || /\d{4}-\d\d-\d\dT/.test(String(value));
    return typeof value !== "string" || isFixed ? value : `${text} ${name}`;
  }

  it("is taken, and stands as it was written in every answer", async () => {
    expect(fixtures.map(({ type }) => type).sort()).toEqual([
      "alert",
      "build",
      "change",
      "deployment",
      "incident",
      "release",
      "test_run",
    ]);
    for (const text of strings) {
      const events = fixtures.map((fixture) => poisoned(fixture, text));
      const response = await fetch(`${server.url}/api/v1/events`, {
        method: "POST",
        body: JSON.stringify(events),
        headers: { "content-type": "application/json", ...bearer("sender") },
      });
      expect([response.status, text]).toEqual([202, text]);
    }
    await settleAll(context());
    const failed = await server.database.db
      .selectFrom("deliveries")
      .select("error")
      .where("provider", "=", "native")
      .where("outcome", "<>", "accepted")
      .where("source", "=", "sender")
      .execute();
    expect(failed).toEqual([]);
    const answer = await (await list("/api/v1/deployments", "")).json();
    const services = answer.items.map(({ service }: { service: string }) => service);
    for (const text of strings) expect(services).toContain(`${text} service`);
  });

  const list = (path: string, format: string) => {
    const route = manifest.find((each) => each.path === path && each.method === "GET");
    if (!route) throw new Error(`no ${path}`);
    const request = new Request(`http://localhost${path}?limit=500${format}`, {
      headers: bearer("pipeline"),
    });
    return handle(route)(request, { params: Promise.resolve({}) });
  };

  it.each([
    "deployments",
    "builds",
    "releases",
    "incidents",
    "alerts",
    "test-runs",
    "services",
    "deliveries",
  ])("is inert in the CSV of %s, its rows and columns whole", async (name) => {
    const answer = await list(`/api/v1/${name}`, "&format=csv");
    const [head = [], ...rows] = parseCsv(await answer.text());
    expect(rows.length).toBeGreaterThanOrEqual(strings.length);
    expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
    const live = rows
      .flat()
      .filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && Number.isNaN(Number(cell)));
    expect(live).toEqual([]);
  });
});

describe("signatures", () => {
  it("are of the providers that this table knows; a new one that signs a time proves ±6 minutes here", () => {
    const signing = providers.filter(({ verify }) => verify).map(({ name }) => name);
    // GitHub signs the body alone: a replay is harmless by its natural keys, not by its time.
    expect(signing).toEqual(["github"]);
  });

  it.each(names)(
    "missing, short, wrong or of another source make 401 and no row for %s",
    async (name) => {
      const count = async () =>
        (await server.database.db.selectFrom("deliveries").select("id").execute()).length;
      const before = await count();
      const body = json({ unsigned: name });
      const signature = (key: string) =>
        `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
      for (const [proof, token] of [
        ["", ""],
        ["sha256=", "Bearer "],
        [signature(secret).slice(0, -1), `Bearer ${secret.slice(0, -1)}`],
        [`${signature(secret)}0`, `Bearer ${secret}0`],
        [signature(secret).slice(7), `Bearer ${secret.toUpperCase()}`],
        [signature(secret).replace("sha256", "sha1"), `Basic ${secret}`],
        [signature("another"), "Bearer another"],
        [signature(""), "Bearer"],
      ] as const)
        expect(
          (await deliver(name, body, { "x-hub-signature-256": proof, authorization: token }))
            .status,
        ).toBe(401);
      expect(await count()).toBe(before);
    },
  );
});
