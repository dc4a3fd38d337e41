import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

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
