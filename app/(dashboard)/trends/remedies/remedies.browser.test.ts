import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

test("says how often failures were fixed forward, and shows the failures behind it", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trends/remedies?service=checkout&by=service`);
  await loaded(page);
  const main = page.locator("main");
  await expect(main.locator("[data-answer]")).toContainText(
    /0 of 1 failure that ended by going forward or back were fixed forward \(0%\); with so many/,
  );
  const table = page.getByRole("group", { name: "Remedies by service" });
  await expect(table.getByRole("row", { name: /^checkout/ })).toContainText("1 / 1");
  const failures = page.getByRole("region", { name: "Failures" });
  const past = failures.getByRole("listitem").filter({ hasText: "Checkout answered with errors" });
  await expect(past.first()).toContainText("restored after");
  await expect(past.getByRole("list", { name: "Remedies in the order tried" })).toContainText(
    "1.111.0",
  );

  await page.getByRole("button", { name: "month", exact: true }).click();
  await expect(page).toHaveURL(/by=month/);
  await expect(page.getByRole("group", { name: "Remedies by month" })).toContainText("in part");
  await expectAccessible(page);

  await page.getByLabel("How they ended").selectOption("fix_forward");
  await expect(failures).toContainText("None in this time range with these filters.");
  await page.getByLabel("How they ended").selectOption("rollback");
  await expect(past.first()).toBeVisible();
  await expect(page.getByRole("group", { name: "Remedies by month" })).toBeVisible();
});

test("says so where nothing failed", async ({ page, url }) => {
  await page.goto(`${url}/trends/remedies?service=ledger`);
  await loaded(page);
  await expect(page.locator("main")).toContainText("No failure in this time range");
  await expectAccessible(page);
});

test("says what is wrong where the answer is refused, and asks again", async ({ page, url }) => {
  await page.goto(`${url}/trends/remedies`);
  await loaded(page);
  await page.route("**/api/v1/insights/**", (route) => route.abort());
  await page.getByRole("combobox", { name: /^Team:/ }).click();
  await page.getByRole("option", { name: "payments" }).click();
  const alert = page.getByRole("alert").filter({ hasText: "Pushline does not answer just now." });
  await expect(alert.first()).toBeVisible();
  await page.unroute("**/api/v1/insights/**");
  // Each part of the page asks again for itself.
  await expect(async () => {
    if ((await alert.count()) > 0)
      await page.getByRole("button", { name: "Try again" }).first().click({ timeout: 2_000 });
    await expect(alert).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator("main [data-answer]")).toBeVisible();
});
