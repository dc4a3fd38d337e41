import { expect, loaded, test } from "@/app/testing/visit";

test("filters stand in the address and narrow the list", async ({ page, url }) => {
  await page.goto(`${url}/deployments`);
  await loaded(page);
  await page.getByRole("combobox", { name: /^Service/ }).click();
  await page.getByRole("option", { name: /ledger/ }).click();
  await expect(page).toHaveURL(/service=ledger/);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).not.toHaveURL(/service=/);
});

test("no answer is said with its code, and asked again by the button", async ({ page, url }) => {
  let broken = true;
  // Without the stream nothing but the button asks again.
  await page.route("**/api/v1/live*", (route) => route.abort());
  await page.route("**/api/v1/deployments?*", (route) =>
    broken
      ? route.fulfill({
          status: 400,
          contentType: "application/problem+json",
          body: JSON.stringify({ code: "range_too_large", detail: "That is too long a time." }),
        })
      : route.continue(),
  );
  await page.goto(`${url}/deployments`);
  const alert = page.getByRole("alert").filter({ hasText: "range_too_large" });
  await expect(alert).toContainText("That is too long a time.");
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("tbody tr").first()).toBeVisible();
});
