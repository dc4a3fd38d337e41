import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { openApi } from "@/lib/backfill/open-api";

let server: Server;
let asked = 0;
afterEach(() => server.close());

/** An API of one list, whose page says which is the next. */
async function listing(nextOf: (page: number) => number) {
  asked = 0;
  server = createServer((request, response) => {
    asked += 1;
    const page = Number(new URL(request.url ?? "", "http://api").searchParams.get("page"));
    response.setHeader("link", `</items?page=${nextOf(page)}>; rel="next"`);
    response.end(JSON.stringify([page]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return openApi({
    address: new URL(`http://127.0.0.1:${port}`),
    authorization: null,
    accept: "application/json",
    signal: new AbortController().signal,
  });
}

it("refuses a page that names itself as the next", async () => {
  const api = await listing((page) => page);
  await expect(api.page("/items?page=1")).rejects.toThrow("the same page again");
});

it("leaves a list that goes round in a circle, after a hundred pages", async () => {
  const api = await listing((page) => (page + 1) % 3);
  await expect(api.ask.every("/items?page=0")).rejects.toThrow("has no end");
  expect(asked).toBe(100);
});
