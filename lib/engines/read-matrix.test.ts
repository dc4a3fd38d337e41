import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type MatrixCaps, readMatrix } from "@/lib/engines/read-matrix";
import { OutboundProblem } from "@/lib/outbound/problem";

/** In pieces of so many bytes, as a connection brings them. */
async function* pieces(text: string, bytes = text.length || 1): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let at = 0; at < all.length; at += bytes) yield all.subarray(at, at + bytes);
}

const answer = (result: unknown, resultType = "matrix") =>
  JSON.stringify({ status: "success", data: { resultType, result } });

async function refusal(body: AsyncIterable<Uint8Array>, caps?: MatrixCaps): Promise<string> {
  const outcome = await readMatrix(body, caps).catch((error: unknown) => error);
  if (outcome instanceof OutboundProblem) return outcome.code;
  throw new Error(`It was read, or thrown otherwise: ${String(outcome)}`);
}

const range = answer([
  {
    metric: { __name__: "up", job: 'a "quoted" \\ ] } , name', city: "Zürich 東京" },
    values: [
      [1_700_000_000, "1"],
      [1_700_000_015.5, "0.25"],
    ],
  },
  {
    metric: {},
    values: [
      [1_700_000_000, "NaN"],
      [1_700_000_015, "+Inf"],
      [1_700_000_030, "-Inf"],
    ],
  },
]);

describe("readMatrix", () => {
  it.each([1, 2, 3, 7, 64, 100_000])(
    "reads a range answer in pieces of %i bytes",
    async (bytes) => {
      const [first, second, ...others] = await readMatrix(pieces(range, bytes));
      expect(others).toEqual([]);
      expect(first?.labels).toEqual({
        __name__: "up",
        job: 'a "quoted" \\ ] } , name',
        city: "Zürich 東京",
      });
      expect([...(first?.times ?? [])]).toEqual([1_700_000_000_000, 1_700_000_015_500]);
      expect([...(first?.values ?? [])]).toEqual([1, 0.25]);
      expect([...(second?.values ?? [])]).toEqual([Number.NaN, Infinity, -Infinity]);
    },
  );

  it("reads an instant answer, an empty one, and one with members beside", async () => {
    const instant = await readMatrix(pieces(answer([{ metric: {}, value: [5, "1"] }], "vector")));
    expect(instant.map(({ times, values }) => [...times, ...values])).toEqual([[5_000, 1]]);
    expect(await readMatrix(pieces(answer([])))).toEqual([]);
    const beside = `{"warnings":["result"],"status":"success","isPartial":false,"data":{"result":[ {"metric":{},"values":[]} ],"resultType":"matrix","stats":{"result":[1]}}}`;
    expect(await readMatrix(pieces(beside, 5))).toHaveLength(1);
  });

  /** As docs/querying/api.md of Prometheus publishes them. */
  it.each([
    ["query_range.1.json", [1_435_781_430_781, 1_435_781_445_781, 1_435_781_460_781], [0, 0, 1]],
    ["query.1.json", [1_435_781_451_781], [0]],
  ])("reads the published %s", async (file, times, values) => {
    const body = readFileSync(new URL(`./fixtures/${file}`, import.meta.url), "utf8");
    const [first, second] = await readMatrix(pieces(body, 7));
    expect([...(first?.values ?? [])]).toEqual(times.map(() => 1));
    expect(second?.labels).toMatchObject({ __name__: "up", job: "node" });
    expect([...(second?.times ?? [])]).toEqual(times);
    expect([...(second?.values ?? [])]).toEqual(values);
  });

  it("says what the engine says, in so many words", async () => {
    const error = `x${"y".repeat(5_000)}`;
    const body = JSON.stringify({ status: "error", errorType: "bad_data", error });
    const refused = await readMatrix(pieces(body)).catch((problem: Error) => problem);
    expect(refused).toMatchObject({
      code: "refused",
      message: expect.stringContaining("bad_data"),
    });
    expect((refused as Error).message.length).toBeLessThanOrEqual(300);
  });

  it.each([
    ["no JSON", "<html>"],
    ["nothing", ""],
    ["cut off", range.slice(0, -30)],
    ["cut off between series", `${range.slice(0, range.indexOf(',{"metric":{}'))}`],
    ["a scalar", answer([1, "2"], "scalar")],
    ["series that are none", answer([1, 2])],
    ["points that are none", answer([{ metric: {}, values: [[1]] }])],
    ["numbers that are none", answer([{ metric: {}, values: [[1, "1x"]] }])],
    ["labels that are none", answer([{ metric: { job: 1 }, values: [] }])],
    ["no series", '{"status":"success","data":{"resultType":"matrix"}}'],
    ["more brackets than were opened", "]]]]}}}}"],
    ["many brackets", "[".repeat(200_000)],
  ])("refuses %s", async (_what, text) => {
    expect(await refusal(pieces(text))).toBe("malformed");
  });

  it("refuses what is not UTF-8", async () => {
    const bytes = Buffer.from(range.replace("up", "\u00ff"), "latin1");
    async function* body() {
      yield bytes;
    }
    expect(await refusal(body())).toBe("malformed");
  });

  it("takes as many points as allowed and not one more", async () => {
    const caps = { seriesAtMost: 2, pointsAtMost: 3 };
    const points = (count: number) =>
      answer([{ metric: {}, values: Array.from({ length: count }, (_, index) => [index, "1"]) }]);
    expect(await readMatrix(pieces(points(3)), caps)).toHaveLength(1);
    expect(await refusal(pieces(points(4)), caps)).toBe("too_many_points");
  });

  it("stops ten million series at the first too many, and asks for no more of them", async () => {
    let sent = 0;
    async function* tenMillion() {
      yield Buffer.from('{"status":"success","data":{"resultType":"matrix","result":[');
      for (; sent < 10_000_000; sent += 1_000)
        yield Buffer.from('{"metric":{"a":"b"},"values":[[1,"1"]]},'.repeat(1_000));
    }
    expect(await refusal(tenMillion())).toBe("too_many_series");
    expect(sent).toBeLessThanOrEqual(2_000);
  });

  it.each([
    ["one series without end", '{"metric":{},"values":[', '[1,"1"],', "too_many_points"],
    ["one label without end", '{"metric":{"a":"', "x", "too_many_points"],
  ])("stops %s, and holds little of it", async (_what, begin, more, code) => {
    let sent = 0;
    async function* endless() {
      yield Buffer.from(`{"status":"success","data":{"resultType":"matrix","result":[${begin}`);
      const chunk = Buffer.from(more.repeat(8_192));
      for (; ; sent += chunk.byteLength) yield chunk;
    }
    expect(await refusal(endless())).toBe(code);
    expect(sent).toBeLessThan(2_000_000);
  });

  it("stops surroundings without end", async () => {
    async function* endless() {
      yield Buffer.from('{"status":"success","warnings":["');
      for (;;) yield Buffer.from("w".repeat(8_192));
    }
    expect(await refusal(endless())).toBe("malformed");
  });
});
