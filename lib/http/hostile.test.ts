import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn } from "@/lib/auth/testing";
import { handle } from "@/lib/http/handle";
import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import {
  hostileCursors,
  hostileJson,
  hostileTexts,
  membersOf,
  parametersOf,
  parseCsv,
} from "@/lib/http/testing/hostile";

let server: TestServer;
let tables: string[] = [];
const namesOfTables = async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'
    order by 1`.execute(server.database.db);
  return rows.map(({ name }) => name);
};
beforeAll(async () => {
  server = await testServer();
  tables = await namesOfTables();
});
afterAll(() => server.close());

interface Question {
  parameters?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** By a route's own handler, so that what HTTP itself would refuse reaches it as well. */
async function ask(
  route: Route,
  { parameters = {}, query = {}, body }: Question,
): Promise<Response> {
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, [value].flat().join(",")]),
  );
  const { host } = new URL(server.url);
  const request = new Request(`${server.url}${route.path.replace(/[{}]/g, "")}?${search}`, {
    method: route.method,
    headers: { host, ...(await credentials(route)) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return handle(route)(request, { params: Promise.resolve(parameters) });
}

async function credentials({ access }: Route): Promise<Record<string, string>> {
  if (access !== "self") return bearer("pipeline");
  const { cookie } = await signedIn(server.context, { role: "admin" });
  return { cookie, origin: server.url, "sec-fetch-site": "same-origin" };
}

const behindNext = manifest.filter(({ side, run }) => side === "next" && run);
const named = behindNext.map((route) => [`${route.method} ${route.path}`, route] as const);

/** A query of what it needs and takes, so that one hostile field is all that is wrong. */
function plainQuery(route: Route): Record<string, unknown> {
  const { cursor: _, format: __, limit: ___, ...query } = membersOf(route.query);
  return query;
}

async function refusedOrAnswered(route: Route, asked: Question): Promise<void> {
  const answer = await ask(route, asked);
  const text = await answer.text();
  expect(
    answer.status,
    `${JSON.stringify(asked).slice(0, 300)} → ${text.slice(0, 300)}`,
  ).toBeLessThan(500);
}

describe("hostile texts never make a 500", () => {
  it.each(named)("in the query of %s", async (_name, route) => {
    const plain = plainQuery(route);
    for (const field of Object.keys(membersOf(route.query)))
      for (const text of field === "cursor" ? [...hostileTexts, ...hostileCursors] : hostileTexts) {
        await refusedOrAnswered(route, { query: { ...plain, [field]: text } });
        if (route.method === "GET") await refusedOrAnswered(route, { query: { [field]: text } });
      }
    await refusedOrAnswered(route, { query: JSON.parse('{"__proto__":"1","constructor":"1"}') });
  });

  it.each(named.filter(([, route]) => parametersOf(route).length > 0))(
    "in the path of %s",
    async (_name, route) => {
      const body = route.body ? membersOf(route.body) : undefined;
      for (const parameter of parametersOf(route))
        for (const text of hostileTexts) {
          const others = parametersOf(route).map((name) => [name, "1"] as const);
          const parameters = { ...Object.fromEntries(others), [parameter]: text };
          await refusedOrAnswered(route, { parameters, query: plainQuery(route), body });
        }
    },
  );

  it.each(named.filter(([, route]) => route.body))(
    "in the body of %s",
    async (_name, route) => {
      const plain = membersOf(route.body);
      const parameters = Object.fromEntries(parametersOf(route).map((name) => [name, "1"]));
      for (const whole of hostileJson) await refusedOrAnswered(route, { parameters, body: whole });
      for (const field of Object.keys(plain))
        for (const value of hostileJson)
          await refusedOrAnswered(route, { parameters, body: { ...plain, [field]: value } });
    },
    120_000,
  );

  it("and change neither the tables nor what every object inherits", async () => {
    expect(await namesOfTables()).toEqual(tables);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("formulas that settings and people were named after", () => {
  const formula = /^[=+\-@\t\r]/;
  const lists = named.filter(([, { method, answer }]) => method === "GET" && answer);

  it.each(lists)("are inert in the CSV of %s", async (_name, route) => {
    const parameters = Object.fromEntries(parametersOf(route).map((name) => [name, "1"]));
    const answer = await ask(route, { parameters, query: { ...plainQuery(route), format: "csv" } });
    if (!answer.headers.get("content-type")?.startsWith("text/csv")) return;
    const cells = parseCsv(await answer.text()).flat();
    expect(cells.filter((cell) => formula.test(cell) && Number.isNaN(Number(cell)))).toEqual([]);
  });
});
