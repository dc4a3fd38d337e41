import type { Page } from "@playwright/test";
import { ship } from "@/app/testing/history";
import { invited } from "@/app/testing/manage";
import { confirm } from "@/app/testing/popups";
import { sendEvents, settled } from "@/app/testing/send";
import { expect, expectAccessible, loaded, signInAs, test } from "@/app/testing/visit";

async function shownSecret(page: Page): Promise<string> {
  return (
    await page
      .locator("code")
      .filter({ hasText: /^pl_[\w-]{43}$/ })
      .innerText()
  ).trim();
}

function ask(url: string, token: string, path: string): Promise<Response> {
  return fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

test("a token is made for one service, shown once, rotated with grace and revoked", async ({
  page,
  url,
}) => {
  // A revoked token keeps its name: each try has its own.
  const name = `ledger-reader-${test.info().retry}`;
  await page.goto(`${url}/settings/tokens`);
  await loaded(page);
  await page.getByRole("button", { name: "Make a token" }).click();
  await expectAccessible(page);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: /^ingest\b/ }).uncheck();
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.locator("form")).toContainText("At least one scope");
  await page.getByRole("checkbox", { name: /^read\b/ }).check();
  await page.getByLabel("Its reach ends").selectOption("service");
  await page.getByLabel("Service", { exact: true }).selectOption("ledger");
  await page.getByLabel("It expires").selectOption("30");
  await page.getByRole("button", { name: "Make it" }).click();
  await expect(page.getByRole("region", { name: `The token ${name}` })).toBeVisible();
  await expectAccessible(page);
  const first = await shownSecret(page);
  expect((await ask(url, first, "/api/v1/deployments?service=ledger")).status).toBe(200);
  expect((await ask(url, first, "/api/v1/deployments?service=checkout")).status).toBe(404);

  await page.reload();
  await loaded(page);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toContainText("service ledger");
  await expect(row).toContainText(`${first.slice(0, 8)}…`);
  expect(await page.content()).not.toContain(first);

  await row.getByRole("button", { name: `Rotate ${name}` }).click();
  await page.getByLabel("The old secret holds").selectOption("168");
  await page.getByRole("button", { name: "Make the new secret" }).click();
  const second = await shownSecret(page);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(row).toContainText("its old secret holds until");
  for (const secret of [first, second])
    expect((await ask(url, secret, "/api/v1/deployments")).status).toBe(200);

  await row.getByRole("button", { name: `Revoke ${name}` }).click();
  await confirm(page, "Revoke it");
  await expect(row).toContainText("revoked");
  for (const secret of [first, second])
    expect((await ask(url, secret, "/api/v1/deployments")).status).toBe(401);
});

test("a service that only what was sent has named can bound a token as well", async ({
  page,
  url,
}) => {
  await sendEvents(
    url,
    ship({ service: "kiosk", number: 910, finish: Date.now(), environment: "staging" }),
  );
  await settled(url);
  await page.goto(`${url}/settings/tokens`);
  await loaded(page);
  await page.getByRole("button", { name: "Make a token" }).click();
  await page.getByLabel("Its reach ends").selectOption("service");
  await page.getByLabel("Service", { exact: true }).selectOption("kiosk");
});

test("a token of pushline.yaml is shown, marked and read-only", async ({ page, url }) => {
  await page.goto(`${url}/settings/tokens`);
  await loaded(page);
  const row = page.getByRole("row").filter({ hasText: "pipeline" });
  await expect(row.getByText("from pushline.yaml", { exact: true })).toBeVisible();
  await expect(row.getByRole("button")).toHaveCount(0);
});

test("who manages a team is offered its reach alone, and a viewer a sentence", async ({
  page,
  url,
}) => {
  const [manager, viewer] = await Promise.all([
    invited(url, { name: "Tea Manager", role: "viewer", teams: { payments: "admin" } }),
    invited(url, { name: "Vi Viewer", role: "viewer" }),
  ]);
  await signInAs(page, manager);
  await page.goto(`${url}/settings/tokens`);
  await loaded(page);
  await page.getByRole("button", { name: "Make a token" }).click();
  await expect(page.getByLabel("Its reach ends").getByRole("option")).toHaveText([
    "at one team and its services",
    "at one service",
  ]);
  await expect(page.getByLabel("Team", { exact: true }).getByRole("option")).toHaveText([
    "payments",
  ]);

  await signInAs(page, viewer);
  for (const place of ["tokens", "sources", "services", "engines", "audit"]) {
    await page.goto(`${url}/settings/${place}`);
    await loaded(page);
    await expect(page.getByText(/admins/).first()).toBeVisible();
    await expect(
      page.locator("main").getByRole("button", { name: /Add|Make|Remove|Rotate/ }),
    ).toHaveCount(0);
  }
});
