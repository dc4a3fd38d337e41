import { expect, loaded, test } from "@/app/testing/visit";

test("Ctrl K goes to a service by part of its name", async ({ page, url }) => {
  await page.goto(url);
  await loaded(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or jump" }).fill("ledg");
  // Enter takes the highlighted one: what is found may still come in above it.
  await expect(
    page.getByRole("option", { name: /^ledger/ }).and(page.locator("[data-highlighted]")),
  ).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/services\/ledger/);
});

test("Ctrl K finds a deployment by its revision", async ({ page, url }) => {
  await page.goto(url);
  await loaded(page);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or jump" }).fill("1.141.0");
  await page
    .getByRole("option", { name: /checkout 1\.141\.0/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("checkout 1.141.0");
});

test("G and a letter go to a page, ? lists the keys", async ({ page, url }) => {
  await page.goto(url);
  await loaded(page);
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/\/deployments/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toHaveCount(0);
});

test("F hides every control for a screen on the wall, and brings them back", async ({
  page,
  url,
}) => {
  await page.goto(url);
  await loaded(page);
  await page.keyboard.press("f");
  await expect(page).toHaveURL(/kiosk=1/);
  await expect(page.locator("[data-control]:visible")).toHaveCount(0);
  await page.keyboard.press("f");
  await expect(page).not.toHaveURL(/kiosk/);
  await expect(page.getByRole("navigation", { name: "Pages" })).toBeVisible();
});

test("the theme chosen stays", async ({ page, url }) => {
  await page.goto(url);
  await loaded(page);
  await page.getByRole("button", { name: "Colours" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
