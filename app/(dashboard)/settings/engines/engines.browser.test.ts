import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { removeLeft } from "@/app/testing/manage";
import { confirm } from "@/app/testing/popups";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

let engine: Server;
let address: string;
const authorizations = new Set<string | undefined>();

test.beforeAll(async () => {
  engine = createServer(({ headers }, response) => {
    authorizations.add(headers.authorization);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        status: "success",
        data: { version: "2.42.0", resultType: "vector", result: [] },
      }),
    );
  });
  await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
});
test.afterAll(() => {
  engine.close();
});

test("an engine is added, checked, changed and removed; its credential is never shown", async ({
  page,
  url,
}) => {
  await removeLeft(url, "/api/v1/engines/mimir");
  await page.goto(`${url}/settings/engines`);
  await loaded(page);
  const none = page.locator("main").getByText("No engines yet", { exact: true });
  await expect(none).toBeVisible();
  await page.getByRole("button", { name: "Add an engine" }).click();
  await page.getByLabel("Name", { exact: true }).fill("mimir");
  const where = page.getByLabel("Address", { exact: true });
  await where.fill("mimir");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(where).toHaveAccessibleDescription(/This is no whole address\./);
  await where.fill(address);
  await page.getByLabel("Pushline proves itself with").selectOption("token");
  await page.getByLabel("Token", { exact: true }).fill("a-token-of-the-engine");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Add it" }).click();
  const item = page.getByRole("listitem").filter({ hasText: address });
  await expect(item).toContainText("with a credential");

  await page.getByRole("button", { name: "Add an engine" }).click();
  await page.getByLabel("Name", { exact: true }).fill("mimir");
  await where.fill("http://127.0.0.1:9/");
  await page.getByRole("button", { name: "Add it" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(
    /This name is taken/,
  );
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(item).toContainText("with a credential");

  await item.getByRole("button", { name: "Check mimir" }).click();
  await expect(item.getByRole("status")).toContainText("it is version 2.42.0");
  expect(authorizations).toContain("Bearer a-token-of-the-engine");
  await page.reload();
  await loaded(page);
  expect(await page.content()).not.toContain("a-token-of-the-engine");

  await item.getByRole("button", { name: "Change mimir" }).click();
  await page.getByLabel("Pushline proves itself with").selectOption("none");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("no credential");

  engine.close();
  engine.closeAllConnections();
  await item.getByRole("button", { name: "Check mimir" }).click();
  await expect(item.getByRole("status")).not.toContainText("it is version");
  await expect(item.getByRole("status")).not.toBeEmpty();

  await item.getByRole("button", { name: "Remove mimir" }).click();
  await confirm(page, "Remove it");
  await expect(none).toBeVisible();
});
