import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { manifest } from "@/lib/http/manifest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { ask } from "@/lib/http/testing/ask";

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ pages: "api" });
});
afterAll(() => server.close());

const windowed = manifest.filter(({ query }) => {
  const { shape } = (query ?? {}) as Partial<z.ZodObject>;
  return shape !== undefined && "from" in shape && "to" in shape;
});
/** What a route wants besides its window. */
const needed: Record<string, string> = { readSeries: "&service=checkout&metric=latency" };

async function refusal(path: string, search: string) {
  const { status, text } = await ask(`${server.url}${path}?${search}`, {
    headers: bearer("pipeline"),
  });
  return { status, ...JSON.parse(text) };
}

describe("a window", () => {
  it.each(windowed)("400 for one that ends before it begins: $operation", async (route) => {
    const search = `from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z${needed[route.operation] ?? ""}`;
    const { status, code, field } = await refusal(route.path, search);
    expect([status, code, field]).toEqual([400, "invalid_field", "to"]);
  });

  it("400 range_too_large, with the longest, for more than a graph or figures are answered for", async () => {
    const long = "from=1990-01-01T00:00:00Z&to=2026-03-01T00:00:00Z";
    for (const [path, limit, words] of [
      [`/api/v1/series?service=checkout&metric=latency&${long}`, 400, /400 days/],
      [`/api/v1/markers?${long}`, 400, /400 days/],
      [`/api/v1/metrics?bucket=day&${long}`, 1_500, /1500 buckets/],
    ] as const) {
      const [where = "", search = ""] = path.split("?");
      const { status, code, limit: said, detail } = await refusal(where, search);
      expect([path, status, code, said]).toEqual([path, 400, "range_too_large", limit]);
      expect(detail).toMatch(words);
    }
  });

  it("400 for more points than a graph has, and for longer pages than a list gives", async () => {
    const points = await refusal("/api/v1/series", "service=checkout&metric=latency&points=2001");
    expect(points).toMatchObject({
      status: 400,
      field: "points",
      expected: expect.stringContaining("2000"),
    });
    const page = await refusal("/api/v1/deployments", "limit=501");
    expect(page).toMatchObject({
      status: 400,
      field: "limit",
      expected: expect.stringContaining("500"),
    });
  });
});
