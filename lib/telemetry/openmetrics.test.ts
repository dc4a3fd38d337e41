import { describe, expect, it } from "vitest";
import { toOpenMetrics } from "@/lib/telemetry/openmetrics";
import { parseOpenMetrics } from "@/lib/telemetry/testing";

describe("OpenMetrics text", () => {
  it("keeps quotes, backslashes and line ends inside labels", () => {
    const service = 'a "quoted" \\ name\nin two lines';
    const text = toOpenMetrics([
      {
        name: "deployments",
        type: "gauge",
        help: "one\ntwo",
        samples: [{ suffix: "", labels: { service }, value: 3 }],
      },
    ]);
    expect(parseOpenMetrics(text).get("deployments")?.samples).toEqual([
      { name: "deployments", labels: { service }, value: 3 },
    ]);
  });

  it("leaves out a family without samples: no data is no line", () => {
    expect(toOpenMetrics([{ name: "a", type: "gauge", help: "", samples: [] }])).toBe("# EOF\n");
  });

  it.each([
    [Number.POSITIVE_INFINITY, "+Inf"],
    [Number.NaN, "NaN"],
    [1e-9, "1e-9"],
  ])("writes %d as %s", (value, expected) => {
    const samples = [{ suffix: "", labels: {}, value }];
    expect(toOpenMetrics([{ name: "a", type: "gauge", help: "h", samples }])).toContain(
      `\na ${expected}\n`,
    );
  });

  it("is refused by the test's own parser when it is wrong", () => {
    for (const text of ["", "# EOF", "a 1\n# EOF\n", "# TYPE a counter\na 1\n# EOF\n"])
      expect(() => parseOpenMetrics(text)).toThrow();
  });
});
