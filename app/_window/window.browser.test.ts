import { expect, loaded, test } from "@/app/testing/visit";

test("a drag over a graph zooms, fixes the window in the address, and Reset goes back", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/services/checkout?from=-3h`);
  await loaded(page);
  const graph = page.locator("figure.chart").first();
  const overlay = graph.locator(".chart-overlay");
  await overlay.scrollIntoViewIfNeeded();
  const box = await overlay.boundingBox();
  if (!box) throw new Error("There is no graph.");
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 5 });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=20\d\d-.*to=20\d\d-/);

  await page.getByRole("link", { name: "Trends" }).click();
  await expect(page).toHaveURL(/\/trends\?.*from=20\d\d-.*to=20\d\d-/);
  await page.goBack();
  // Trends has a button of this name as well.
  await expect(page).toHaveURL(/\/services\/checkout\?.*from=20/);
  await expect(graph).toBeVisible();
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(page).not.toHaveURL(/from=20/);
});

test("one incident opens at its own time, whatever window is carried", async ({ page, url }) => {
  await page.goto(`${url}/incidents?from=-7d`);
  await loaded(page);
  await page.getByRole("link", { name: "Checkout error ratio above 2 %" }).click();
  await expect(page).toHaveURL(/\/incidents\/[^?]+$/);
});

test("the time zone is chosen in the address and read everywhere", async ({ page, url }) => {
  await page.goto(`${url}/deployments?timezone=Asia%2FTokyo&search=1.141.0&environment=production`);
  await loaded(page);
  const cell = page.locator("tbody time").first();
  const at = await cell.getAttribute("datetime");
  const tokyo = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Tokyo",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at ?? ""));
  await expect(cell).toContainText(tokyo);
});
