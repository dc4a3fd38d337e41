import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiLimit } from "@/lib/backfill/api-problem";
import { type Api, type ApiOptions, openApi } from "@/lib/backfill/open-api";

let server: Server;
let asked = 0;
afterEach(() => server.close());

async function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<ApiOptions> = {},
): Promise<Api> {
  asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return openApi({
    address: new URL(`http://127.0.0.1:${port}/api`),
    credentials: {},
    accept: "application/json",
    signal: new AbortController().signal,
    ...options,
  });
}

/** An API of one list, whose page says which is the next. */
const listing = (nextOf: (page: number) => number) =>
  serving((request, response) => {
    const page = Number(new URL(request.url ?? "", "http://api").searchParams.get("page"));
    response.setHeader("link", `</api/items?page=${nextOf(page)}>; rel="next"`);
    response.end(JSON.stringify([page]));
  });

it("refuses a page that names itself as the next", async () => {
  const api = await listing((page) => page);
  await expect(api.page("/items?page=1")).rejects.toThrow("the same page again");
});

it("leaves a list that goes round in a circle, after a hundred pages", async () => {
  const api = await listing((page) => (page + 1) % 3);
  await expect(api.ask.every("/items?page=0")).rejects.toThrow("has no end");
  expect(asked).toBe(100);
});

it("takes a page of a list however long, and leaves the list when it holds too much", async () => {
  const page = JSON.stringify(new Array(150_000).fill(0));
  const api = await serving((request, response) => {
    if (request.url?.endsWith("endless")) response.setHeader("link", '</api/more>; rel="next"');
    response.end(page);
  });
  expect(await api.ask.every("/items")).toHaveLength(150_000);
  await expect(api.ask.every("/endless")).rejects.toThrow("has no end");
  expect(asked).toBe(2);
});

it("leaves a list whose pages are long together, before they fill the memory", async () => {
  const page = JSON.stringify(["x".repeat(24 * 1024 * 1024)]);
  const api = await serving((_, response) => {
    response.setHeader("link", `</api/items?page=${asked + 1}>; rel="next"`);
    response.end(page);
  });
  await expect(api.ask.every("/items")).rejects.toThrow("larger than 64 MB");
  expect(asked).toBe(3);
});

describe("an API whose bodies tell of the next page", () => {
  const paged = (next: (host: string) => string | null) =>
    serving(
      ({ headers }, response) =>
        response.end(JSON.stringify({ next: next(`http://${headers.host}`), values: [1] })),
      { nextPage: (page) => (Object(page).next as string | null) ?? null },
    );

  it.each([
    ["a path below its address", () => "/items?page=2"],
    ["a whole address", (host: string) => `${host}/api/items?page=2`],
  ])("is asked for it by %s", async (_, next) => {
    const api = await paged(next);
    expect((await api.page("/items")).next).toBe("/items?page=2");
  });

  it("is believed when it names none, and not when it names another's", async () => {
    expect((await (await paged(() => null)).page("/items")).next).toBeNull();
    server.close();
    const api = await paged(() => "https://elsewhere.example.com/api/items?page=2");
    await expect(api.page("/items")).rejects.toThrow("another address");
  });
});

it("is proved to by headers of the provider's own names", async () => {
  const seen: unknown[] = [];
  const api = await serving(
    ({ headers, method }, response) => {
      seen.push([method, headers["private-token"], headers.authorization]);
      response.end("[]");
    },
    { credentials: { "private-token": "glpat" } },
  );
  await api.ask("/items");
  expect(await api.ask.order("/items/1/again")).toBe(true);
  expect(seen).toEqual([
    ["GET", "glpat", undefined],
    ["POST", "glpat", undefined],
  ]);
});

it("proves itself to nobody outside of one's own network over plain http", async () => {
  const resolver = async () => [{ address: "203.0.113.7", family: 4 }];
  const api = await serving((_, response) => response.end("[]"), {
    address: new URL("http://moved.example.com/api"),
    credentials: { authorization: "Bearer secret" },
    resolver,
  });
  await expect(api.ask("/items")).rejects.toMatchObject({ code: "not_encrypted" });
});

it("says whether an order was taken", async () => {
  const api = await serving((_, response) => response.writeHead(422).end("{}"));
  expect(await api.ask.order("/items/1/again")).toBe(false);
});

describe("a limit", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const date = new Date(now).toUTCString();
  it.each<[string, Record<string, string>, number | null]>([
    ["seconds", { "retry-after": "7" }, 7_000],
    ["a date", { "retry-after": new Date(now + 60_000).toUTCString() }, 60_000],
    ["the seconds left", { "ratelimit-remaining": "0", "ratelimit-reset": "9" }, 10_000],
    [
      "a moment",
      { "ratelimit-remaining": "0", "ratelimit-reset": String(now / 1_000 + 90) },
      91_000,
    ],
    ["nothing", {}, null],
  ])("tells by %s how long to wait", async (_, headers, milliseconds) => {
    const api = await serving((_request, response) =>
      response.writeHead(429, { date, ...headers }).end("{}"),
    );
    const error = await api.ask("/items").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiLimit);
    expect(error).toMatchObject({ milliseconds });
  });
});

it("takes a date for a wait by our clock, where the API does not tell its own", async () => {
  const api = await serving((_, response) => {
    response.sendDate = false;
    const until = new Date(Date.now() + 3_600_000).toUTCString();
    response.writeHead(429, { "retry-after": until }).end("{}");
  });
  const error = await api.ask("/items").catch((thrown: unknown) => thrown);
  const { milliseconds } = error as ApiLimit;
  expect(milliseconds).toBeGreaterThan(3_000_000);
  expect(milliseconds).toBeLessThan(3_700_000);
});

it("hears for how long an API is away that says so", async () => {
  const api = await serving((_, response) =>
    response.writeHead(503, { "retry-after": "40" }).end(),
  );
  await expect(api.ask("/items")).rejects.toMatchObject({ code: "refused", milliseconds: 40_000 });
});

it.each([
  ['{"message":"No."}', "No."],
  ['{"error":"No."}', "No."],
  ['{"type":"error","error":{"message":"No."}}', "No."],
  ["<html>", ""],
])("tells what a refusal said: %s", async (body, said) => {
  const api = await serving((_, response) => response.writeHead(400).end(body));
  await expect(api.ask("/items")).rejects.toMatchObject({ status: 400, said });
});
