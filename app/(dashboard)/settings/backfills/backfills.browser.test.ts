import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { removeLeft } from "@/app/testing/manage";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

/** An API of two pages of commits, that can be told to hold its answers. */
let api: Server;
let address: string;
let broken = false;
let held: (() => void) | null = null;
const authorizations = new Set<string | undefined>();

test.beforeAll(async () => {
  api = createServer((request, response) => {
    authorizations.add(request.headers.authorization);
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const answer = () => {
      response.setHeader("content-type", "application/json");
      if (broken) return void response.writeHead(401).end("{}");
      if (url.pathname === "/repos/acme/history")
        return void response.end(
          JSON.stringify({ full_name: "acme/history", default_branch: "main" }),
        );
      if (url.pathname.endsWith("/statuses"))
        return void response.writeHead(400).end('{"message":"Out of order"}');
      if (url.pathname.endsWith("/deployments"))
        return void response.end('[{"id":31,"created_at":"2026-01-01T10:00:00Z"}]');
      const page = url.searchParams.get("page") ?? "1";
      if (!url.pathname.endsWith("/commits")) return void response.end("[]");
      if (page === "1")
        response.setHeader(
          "link",
          `<${address}${url.pathname}?page=2>; rel="next", <${address}${url.pathname}?page=2>; rel="last"`,
        );
      response.end(JSON.stringify([commit(page)]));
    };
    if (url.searchParams.get("page") === "2" && held === null) held = answer;
    else answer();
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  api.closeAllConnections();
  api.close();
});

const commit = (page: string) => ({
  sha: page.repeat(40),
  parents: [],
  commit: {
    author: { name: "Ana", date: "2026-01-01T10:00:00Z" },
    committer: { name: "Ana", date: "2026-01-01T10:00:00Z" },
    message: `page ${page}`,
  },
});

test("a history is fetched: begun, watched, paused, gone on with; its token is never shown", async ({
  page,
  url,
}) => {
  await removeLeft(url, "/api/v1/sources/history");
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByLabel("Name", { exact: true }).fill("history");
  await page.getByRole("button", { name: "Add GitHub" }).click();
  await expect(page.getByRole("region", { name: "Connect history" })).toBeVisible();

  await page.goto(`${url}/settings/backfills`);
  await loaded(page);
  // An earlier try has begun one.
  if (test.info().retry === 0)
    await expect(
      page.locator("main").getByText("Nothing was fetched yet", { exact: true }),
    ).toBeVisible();
  await page.getByRole("button", { name: "Fetch a history" }).click();
  await page.getByLabel("What", { exact: true }).selectOption("missed");
  await expect(page.getByText("That may read and write webhooks.")).toBeVisible();
  await page.getByLabel("What", { exact: true }).selectOption("history");
  await expect(page.getByText("That may read contents")).toBeVisible();
  const repository = page.getByLabel("Repository", { exact: true });
  await repository.fill("no repository");
  await page.getByLabel("Address of the API").fill(address);
  await page.getByLabel("Token", { exact: true }).fill("a-token-of-github");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Fetch it" }).click();
  await expect(repository).toHaveAccessibleDescription("Expected owner/name.");
  await repository.fill("acme/history");
  await page.getByRole("button", { name: "Fetch it" }).click();
  await expect(repository).toHaveCount(0);

  const item = page.getByRole("listitem").filter({ hasText: "acme/history" }).first();
  await expect(item).toContainText("page 1 of 2");
  await expectAccessible(page);
  await item.getByRole("button", { name: "Pause acme/history" }).click();
  await expect(item).toContainText("paused");
  broken = true;
  held?.();
  await item.getByRole("button", { name: "Go on with acme/history" }).click();
  await expect(item).toContainText("It does not take this token (401).");
  broken = false;
  await item.getByRole("button", { name: "Give acme/history another token" }).click();
  await page.getByLabel("Token", { exact: true }).fill("another-token");
  await page.getByRole("button", { name: "Go on with it" }).click();
  await expect(item).toContainText("done");
  await expect(item).toContainText("2, 2 of them new");
  await expect(item).toContainText("what is here stays one");
  await item.getByText("1 would not come").click();
  await expect(item.getByText("is left out: It answered 400: Out of order")).toBeVisible();
  await expectAccessible(page);
  expect(authorizations).toEqual(new Set(["Bearer a-token-of-github", "Bearer another-token"]));
  await page.reload();
  await loaded(page);
  expect(await page.content()).not.toMatch(/a-token-of-github|another-token/);

  await page.goto(`${url}/settings/audit`);
  await expect(
    page.getByRole("row", { name: /began to fetch the history of/ }).first(),
  ).toBeVisible();
});
