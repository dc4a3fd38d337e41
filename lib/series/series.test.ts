import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { ingestOtlpMetrics } from "@/lib/series/ingest-otlp";
import { encodeProtobuf } from "@/lib/series/otlp/protocol";
import { listSeries, readSeries } from "@/lib/series/read-series";
import { compactHead } from "@/lib/series/store";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
const now = new Date("2026-03-20T10:30:00Z");

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(now) });
});
afterAll(() => database.close());

const json = (body: object | string) => ({
  source: "pipeline",
  contentType: "application/json",
  body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
});
const fixture = (name: string) =>
  readFileSync(new URL(`./otlp/fixtures/${name}`, import.meta.url), "utf8");

/** Two hours of requests a minute apart, ten a minute of which `errors` failed. */
function requests(service: string, errors: (minute: number) => number) {
  const start = now.getTime() - 120 * 60_000;
  const point = (minute: number, status: number, count: number) => ({
    attributes: [{ key: "http.response.status_code", value: { intValue: String(status) } }],
    timeUnixNano: `${start + minute * 60_000}000000`,
    count: String(count),
    sum: count * 0.05,
    bucketCounts: [String(count), "0"],
    explicitBounds: [0.1],
  });
  const minutes = Array.from({ length: 121 }, (_, minute) => minute);
  return {
    resourceMetrics: [
      {
        resource: {
          attributes: [
            { key: "service.name", value: { stringValue: service } },
            { key: "service.version", value: { stringValue: "2.481.0" } },
            { key: "deployment.environment.name", value: { stringValue: "production" } },
          ],
        },
        scopeMetrics: [
          {
            metrics: [
              {
                name: "http.server.request.duration",
                unit: "s",
                histogram: {
                  aggregationTemporality: 1,
                  dataPoints: minutes.flatMap((minute) => [
                    point(minute, 200, 10 - errors(minute)),
                    point(minute, 500, errors(minute)),
                  ]),
                },
              },
            ],
          },
        ],
      },
    ],
  };
}
const window = {
  from: new Date(now.getTime() - 7_200_000),
  to: now,
  environments: [],
  points: 600,
};

describe("ingestOtlpMetrics", () => {
  test("takes the specification's example, as JSON and as protobuf alike", async () => {
    const body = fixture("metrics.1.json");
    expect(await ingestOtlpMetrics(context, json(body))).toEqual({});
    const stored = async () =>
      (await listSeries(context, { service: "my.service", environments: [] })).metrics;
    const byJson = await stored();
    expect(byJson.map((each) => each.metric)).toContain("my.counter");
    const protobuf = encodeProtobuf(JSON.parse(body));
    await ingestOtlpMetrics(context, {
      source: "pipeline",
      contentType: "application/x-protobuf",
      body: protobuf,
    });
    expect(await stored()).toEqual(byJson);
  });

  test.each(["trace.1.json", "logs.1.json", "events.1.json"])(
    "takes %s, which is no metrics, and keeps nothing of it",
    async (name) => {
      const count = () => database.db.selectFrom("series").select("id").execute();
      const before = (await count()).length;
      expect(await ingestOtlpMetrics(context, json(fixture(name)))).toEqual({});
      expect(await count()).toHaveLength(before);
    },
  );

  test("says in partial success what it left out: no number, no possible time", async () => {
    const gauge = (value: unknown, at: string) => ({
      resourceMetrics: [
        {
          scopeMetrics: [
            {
              metrics: [
                { name: "g", gauge: { dataPoints: [{ asDouble: value, timeUnixNano: at }] } },
              ],
            },
          ],
        },
      ],
    });
    const rejected = { partialSuccess: expect.objectContaining({ rejectedDataPoints: "1" }) };
    const sound = `${now.getTime()}000000`;
    expect(await ingestOtlpMetrics(context, json(gauge("NaN", sound)))).toEqual(rejected);
    expect(await ingestOtlpMetrics(context, json(gauge(1, "9223372036854775807")))).toEqual(
      rejected,
    );
    expect(await ingestOtlpMetrics(context, json(gauge(1, sound)))).toEqual({});
  });

  test("takes forty exports of the past at once, over a pool of eight", async () => {
    const exports = Array.from({ length: 40 }, (_, index) =>
      ingestOtlpMetrics(context, json(requests(`busy-${index}`, () => 1))),
    );
    expect(await Promise.all(exports)).toEqual(exports.map(() => ({})));
    const answer = await readSeries(context, {
      service: "busy-39",
      metric: "error_ratio",
      ...window,
    });
    expect(answer.series[0]?.points.at(-1)?.[1]).toBeCloseTo(0.1);
  });

  test("refuses what is not OTLP, by name", async () => {
    const broken = { ...json("{"), body: Buffer.from("{") };
    await expect(ingestOtlpMetrics(context, broken)).rejects.toMatchObject({
      code: "not_decodable",
    });
    await expect(
      ingestOtlpMetrics(context, json({ resourceMetrics: [{ scopeMetrics: 7 }] })),
    ).rejects.toMatchObject({
      code: "not_decodable",
      details: { field: expect.stringMatching(/scopeMetrics/) },
    });
    await expect(
      ingestOtlpMetrics(context, { ...json("{}"), contentType: "text/plain" }),
    ).rejects.toMatchObject({ code: "unsupported_media_type" });
    const notProtobuf = {
      source: "p",
      contentType: "application/x-protobuf",
      body: Buffer.from("zzzz"),
    };
    await expect(ingestOtlpMetrics(context, notProtobuf)).rejects.toMatchObject({
      code: "not_decodable",
    });
  });
});

describe("readSeries", () => {
  test("draws the error ratio, traffic and latency of what was sent", async () => {
    await ingestOtlpMetrics(context, json(requests("checkout", (minute) => (minute > 90 ? 5 : 0))));
    const ask = (metric: string) => readSeries(context, { service: "checkout", metric, ...window });
    const errors = await ask("error_ratio");
    expect(errors.unit).toBe("ratio");
    const values = errors.series[0]?.points.map(([, value]) => value) ?? [];
    expect(values.slice(0, 80).every((value) => value === 0)).toBe(true);
    expect(values.at(-1)).toBe(0.5);
    const traffic = await ask("request_rate");
    expect(traffic.series[0]?.points[5]?.[1]).toBeCloseTo(10 / 60, 6);
    const latency = await ask("latency_p95");
    expect(latency.series[0]?.points[5]?.[1]).toBeCloseTo(0.095, 6);
  });

  test("gives one line a version when asked", async () => {
    const answer = await readSeries(context, {
      service: "checkout",
      metric: "error_ratio",
      ...window,
      by: "version",
    });
    expect(answer.series.map((series) => series.labels)).toEqual([{ version: "2.481.0" }]);
  });

  test("answers the same after the running hour has been compacted, and after a resend", async () => {
    const ask = () =>
      readSeries(context, { service: "checkout", metric: "error_ratio", ...window });
    const before = await ask();
    expect(await compactHead(database.db, new Date(now.getTime() + 3_600_000))).toBeGreaterThan(0);
    expect(await ask()).toEqual(before);
    await ingestOtlpMetrics(context, json(requests("checkout", (minute) => (minute > 90 ? 5 : 0))));
    expect(await ask()).toEqual(before);
  });

  test("breaks the line where the data has a gap", async () => {
    const whole = requests("gappy", () => 0);
    const histogram = whole.resourceMetrics[0]?.scopeMetrics[0]?.metrics[0]?.histogram;
    if (!histogram) throw new Error("the builder makes a histogram");
    const missing = (at: string) => {
      const minute = (Number(at.slice(0, -6)) - window.from.getTime()) / 60_000;
      return minute > 30 && minute < 60;
    };
    histogram.dataPoints = histogram.dataPoints.filter((each) => !missing(each.timeUnixNano));
    await ingestOtlpMetrics(context, json(whole));
    const answer = await readSeries(context, {
      service: "gappy",
      metric: "request_rate",
      ...window,
    });
    expect(answer.series[0]?.points.filter(([, value]) => value === null)).toHaveLength(1);
  });

  test("draws any metric by the name it was sent under: a counter as its rate, a histogram as its p95", async () => {
    await ingestOtlpMetrics(context, json(requests("named", () => 1)));
    const read = (metric: string) => readSeries(context, { service: "named", metric, ...window });
    const count = await read("http.server.request.duration.count");
    expect(count.unit).toBe("per_second");
    expect(count.series[0]?.points.at(-1)?.[1]).toBeCloseTo(10 / 60);
    const histogram = await read("http.server.request.duration");
    expect(histogram.unit).toBe("seconds");
    expect(histogram.series[0]?.points.at(-1)?.[1]).toBeCloseTo(0.095);
  });

  test("is empty, not an error, for a service without metrics", async () => {
    const answer = await readSeries(context, {
      service: "nobody",
      metric: "error_ratio",
      ...window,
    });
    expect(answer).toEqual({ unit: "ratio", series: [] });
  });

  test("refuses an empty and an endless window", async () => {
    const ask = (from: Date) =>
      readSeries(context, { service: "checkout", metric: "cpu", ...window, from });
    await expect(ask(window.to)).rejects.toMatchObject({ code: "invalid_field" });
    await expect(ask(new Date(0))).rejects.toMatchObject({ code: "range_too_large" });
  });
});
