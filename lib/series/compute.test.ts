import { describe, expect, test } from "vitest";
import { compute, type Slots } from "@/lib/series/compute";
import type { Sample, SeriesSamples, SeriesShape } from "@/lib/series/types";

const minute = 60_000;
const slots: Slots = { from: 0, to: 5 * minute, stepMilliseconds: minute };

function series(
  shape: SeriesShape,
  values: readonly number[],
  labels: Record<string, string> = {},
  unit = "1",
): SeriesSamples {
  const samples = values.map((value, index): Sample => [index * minute, value]);
  return {
    service: "checkout",
    environment: "production",
    metric: "m",
    unit,
    shape,
    labels,
    samples,
  };
}
const status = (code: string) => ({ "http.response.status_code": code });

describe("rate", () => {
  test("sums instances and survives the restart of one", () => {
    const steady = series("counter", [0, 60, 120, 180, 240]);
    const restarted = series("counter", [600, 660, 30, 90, 150]);
    const points = compute({ kind: "rate", of: [] }, [steady, restarted], slots);
    expect(points.map(([, value]) => value)).toEqual([2, 1.5, 2, 2]);
  });

  test("spreads a delta over the time it took, so that jitter makes no spikes", () => {
    const jittered: SeriesSamples = {
      ...series("delta", []),
      samples: [0, 58_000, 121_000, 179_000, 240_000].map(
        (at, index): Sample => [at, index === 0 ? 60 : ([58, 63, 58, 61][index - 1] ?? 0)],
      ),
    };
    const points = compute({ kind: "rate", of: [] }, [jittered], slots);
    for (const [, value] of points) expect(value).toBeCloseTo(1, 6);
    expect(points).toHaveLength(4);
  });
});

describe("error_ratio", () => {
  test("is errors over all requests", () => {
    const points = compute(
      { kind: "error_ratio", of: [] },
      [
        series("counter", [0, 95, 190], status("200")),
        series("counter", [0, 5, 60], status("503")),
        series("counter", [0, 0, 0], status("404")),
      ],
      slots,
    );
    expect(points.map(([, value]) => value)).toEqual([5 / 100, 55 / 150]);
  });

  test("is no point, never zero, where there were no requests", () => {
    const idle = series("counter", [10, 10, 10], status("200"));
    expect(compute({ kind: "error_ratio", of: [] }, [idle], slots)).toEqual([]);
  });
});

describe("quantile", () => {
  const buckets = (unit: string) => [
    series("delta", [0, 90], { le: "0.1" }, unit),
    series("delta", [0, 10], { le: "0.5" }, unit),
    series("delta", [0, 0], { le: "+Inf" }, unit),
  ];

  test("interpolates within the bucket it falls into", () => {
    const points = compute({ kind: "quantile", q: 0.95, of: [] }, buckets("s"), slots);
    expect(points.at(-1)?.[1]).toBeCloseTo(0.3, 9);
  });

  test("answers in seconds what was sent in milliseconds", () => {
    const points = compute({ kind: "quantile", q: 0.95, of: [] }, buckets("ms"), slots);
    expect(points.at(-1)?.[1]).toBeCloseTo(0.0003, 9);
  });

  test("claims no more than the last bound for what exceeded it", () => {
    const over = [series("delta", [0, 1], { le: "1" }), series("delta", [0, 9], { le: "+Inf" })];
    expect(compute({ kind: "quantile", q: 0.95, of: [] }, over, slots).at(-1)?.[1]).toBe(1);
  });
});

test("mean averages over instances within a slot", () => {
  const points = compute(
    { kind: "mean", of: [] },
    [series("gauge", [0, 0.2, 0.4]), series("gauge", [0, 0.4, 0.8])],
    slots,
  );
  expect(points.map(([, value]) => value)).toEqual([expect.closeTo(0.3), expect.closeTo(0.6)]);
});
