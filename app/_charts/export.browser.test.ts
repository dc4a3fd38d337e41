import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, loaded, test } from "@/app/testing/visit";

async function saved(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return {
    name: download.suggestedFilename(),
    text: readFileSync(await download.path(), "utf8"),
  };
}

test("a trend's figures are saved as CSV and JSON, every bucket of them", async ({ page, url }) => {
  await page.goto(`${url}/trends?from=-28d&bucket=week`);
  await loaded(page);
  const csv = await saved(page, () =>
    page.getByRole("button", { name: "Change fail rate as CSV" }).click(),
  );
  expect(csv.name).toBe("pushline-change-fail-rate.csv");
  const [head, ...rows] = csv.text.trimEnd().split("\r\n");
  expect(head).toBe("from,to,partial,value,n");
  const json = await saved(page, () =>
    page.getByRole("button", { name: "Change fail rate as JSON" }).click(),
  );
  const { items } = JSON.parse(json.text) as { items: { n: number; value: number | null }[] };
  expect(items).toHaveLength(rows.length);
  // Five or six calendar weeks are touched by 28 days, the cut ones too.
  expect(items.length).toBeGreaterThanOrEqual(4);
  expect(items.every(({ n, value }) => (n === 0) === (value === null))).toBe(true);
});

test("a graph's points are saved as they were answered", async ({ page, url }) => {
  await page.goto(`${url}/services/checkout`);
  await loaded(page);
  const csv = await saved(page, () =>
    page
      .getByRole("button", { name: / as CSV$/ })
      .first()
      .click(),
  );
  const [head, ...rows] = csv.text.trimEnd().split("\r\n");
  expect(head).toBe("at,graph,series,unit,value");
  expect(rows.some((row) => row.includes("Error ratio"))).toBe(true);
});

test("a list is saved whole, with the page's filters", async ({ page, url }) => {
  await page.goto(`${url}/deployments?service=checkout`);
  await loaded(page);
  await page.getByRole("button", { name: "Export" }).click();
  const csv = await saved(page, () => page.getByRole("menuitem", { name: "As CSV" }).click());
  expect(csv.name).toMatch(/^pushline-deployments-\d{4}-\d\d-\d\d\.csv$/);
  const shown = await page
    .locator("main")
    .getByText(/^\d[\d,+]* .*of this range$/)
    .textContent();
  const rows = csv.text.trimEnd().split("\r\n").slice(1);
  expect(rows.length).toBeGreaterThanOrEqual(Number.parseInt(shown ?? "", 10));
  expect(rows.every((row) => row.includes("checkout"))).toBe(true);
});
