import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import { toToken } from "@/lib/config";
import { provideContext } from "@/lib/context";
import { handle } from "@/lib/http/handle";
import type { Route } from "@/lib/http/route";
import { listBuildsRoute, listTestRunsRoute } from "@/lib/http/routes/facts";
import { readMetricsRoute } from "@/lib/http/routes/metrics";
import { listServicesRoute } from "@/lib/http/routes/services";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
const token = "a-token-that-only-this-test-knows-of";

beforeAll(async () => {
  database = await testDatabase();
  provideContext(
    await testContext(
      database,
      { tokens: [toToken({ name: "test", token, scopes: ["read"] })] },
      { clock: fixedClock(new Date("2026-03-20T10:30:00Z")) },
    ),
  );
});
afterAll(() => database.close());

async function ask<P, Q, B, A>(route: Route<P, Q, B, A>, search: string): Promise<Response> {
  const request = new Request(`http://127.0.0.1${route.path}?${search}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return handle(route)(request, { params: Promise.resolve({}) });
}

/** An answer that is one thing. */
const oneThing: Route = {
  operation: "readOne",
  method: "GET",
  path: "/api/v1/one",
  summary: "One thing",
  access: "read",
  side: "next",
  run: async () => ({ name: "one" }),
};

it("names a CSV's columns even where the list is empty", async () => {
  const answer = await ask(listTestRunsRoute, "format=csv");
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect((await answer.text()).split(",").slice(0, 2)).toEqual(["id", "repository"]);
});

it("gives figures as CSV, a row for each bucket and a column for each figure", async () => {
  const search = "from=2026-03-01T00:00:00Z&to=2026-03-03T00:00:00Z&bucket=day&format=csv";
  const [head = "", ...rows] = (await (await ask(readMetricsRoute, search)).text()).split("\r\n");
  expect(head.split(",")).toContain("remedies.tried.rollback");
  expect(rows.filter(Boolean)).toHaveLength(2);
});

it("400 for a format that is none, and for the CSV of what is no table", async () => {
  for (const [route, search] of [
    [listTestRunsRoute, "format=xml"],
    [oneThing, "format=csv"],
  ] as const) {
    const answer = await ask(route as Route, search);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: "invalid_field", field: "format" },
    ]);
  }
});

describe("a list as a file", () => {
  const builds = 1_203;
  beforeAll(async () => {
    await sql`
      insert into builds (id, source, key, repository, name, status, finished_at)
      select 'b' || n, 'ci', 'ci/' || n,
        case n when 7 then '=cmd()|'' /C calc''!A0' else 'acme/checkout' end, 'unit', 'succeeded',
        timestamptz '2026-03-01' + n * interval '1 second'
      from generate_series(1, ${builds}) as n`.execute(database.db);
  });

  it("comes whole, whatever the size of a page", async () => {
    const csv = await ask(listBuildsRoute, "format=csv");
    expect(csv.headers.get("content-disposition")).toBe(
      'attachment; filename="pushline-builds-2026-03-20.csv"',
    );
    const [, ...rows] = (await csv.text()).trimEnd().split("\r\n");
    expect(rows).toHaveLength(builds);
    const json = await (await ask(listBuildsRoute, "format=json")).json();
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(
      Array.from({ length: builds }, (_, index) => `b${builds - index}`),
    );
  });

  it("is the page where one is asked for, with the next cursor", async () => {
    const answer = await ask(listBuildsRoute, "format=csv&limit=2");
    expect((await answer.text()).trimEnd().split("\r\n")).toHaveLength(3);
    expect(answer.headers.get("x-next-cursor")).toBeTruthy();
  });

  it("holds no formula that a spreadsheet would run", async () => {
    const csv = await (await ask(listBuildsRoute, "format=csv")).text();
    expect(csv).toContain("'=cmd()|' /C calc'!A0");
    expect(csv).not.toMatch(/(^|,)"?=cmd/m);
  });

  it("is refused as a whole before it begins", async () => {
    const answer = await ask(
      listBuildsRoute,
      "format=csv&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z",
    );
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      400,
      "application/problem+json",
    ]);
  });
});

it("lists nothing for the stream that stands for no service, and pages services by name", async () => {
  await database.db
    .insertInto("streams")
    .values(
      [
        ["", ""],
        ["api", ""],
        ["api", "production"],
        ["web", "production"],
      ].map(([service = "", environment = ""]) => ({ service, environment })),
    )
    .execute();
  const first = await (await ask(listServicesRoute, "limit=1")).json();
  expect(first.items).toMatchObject([{ name: "api", environments: ["production"] }]);
  const second = await (await ask(listServicesRoute, `limit=1&cursor=${first.nextCursor}`)).json();
  expect(second).toMatchObject({ items: [{ name: "web" }], nextCursor: null });
  expect((await ask(listServicesRoute, "limit=501")).status).toBe(400);
});

it("400 for a query of more than a hundred parameters, whatever they are called", async () => {
  const names = (count: number) =>
    Array.from({ length: count }, (_, index) => `branch=b${index}`).join("&");
  expect((await ask(listBuildsRoute, names(100))).status).toBe(200);
  const strange = Array.from({ length: 101 }, (_, index) => `n${index}=1`).join("&");
  for (const search of [names(101), strange]) {
    const answer = await ask(listBuildsRoute, search);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: "invalid_field", field: "query", limit: 100 },
    ]);
  }
});

it("does not read a query that no route asked for", async () => {
  const { query: _, ...route } = listServicesRoute;
  const unasked = { ...route, run: async () => ({ items: [], nextCursor: null }) };
  const flood = Array.from({ length: 2_000 }, (_, index) => `n${index}=`).join("&");
  expect((await ask(unasked, flood)).status).toBe(200);
});
