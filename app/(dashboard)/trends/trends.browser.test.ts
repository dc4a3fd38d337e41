import { getAnswer } from "@/app/testing/send";
import { expect, loaded, signInAs, test } from "@/app/testing/visit";

const trends = "/trends?from=-28d&service=checkout";

test("a number opens exactly the rows behind it, says which they are, and leads back", async ({
  page,
  url,
}) => {
  await page.goto(`${url}${trends}&bucket=day`);
  await loaded(page);
  const figure = page.locator("dl > div", { hasText: "Change fail rate" });
  const failed = Number(/(\d+) of \d+/.exec(await figure.innerText())?.[1]);
  await figure.getByRole("link", { name: /failed deployments/ }).click();
  await expect(page).toHaveURL(/\/deployments\?.*figure=failed/);
  await expect(page.getByRole("navigation", { name: "Behind which number" })).toContainText(
    "failed deployments of checkout in tier production",
  );
  await expect(page.locator("tbody tr")).toHaveCount(failed);
  await expect(page.locator("tbody tr").first()).toContainText(
    /failed: (declared|matched) as the cause/,
  );
  await page.getByRole("link", { name: "Trends" }).last().click();
  await expect(page).toHaveURL(/\/trends\?.*bucket=day/);
  await expect(page).toHaveURL(/service=checkout/);
});

test("a lead time opens to the changes that it is of", async ({ page, url }) => {
  await page.goto(url + trends);
  await loaded(page);
  const figure = page.locator("dl > div", { hasText: "Lead time for changes" }).first();
  const n = Number(/n (\d+)/.exec(await figure.innerText())?.[1]);
  await figure.getByRole("link", { name: `n ${n}` }).click();
  await expect(page).toHaveURL(/\/changes\?.*figure=lead_time/);
  await expect(page.locator("tbody tr")).toHaveCount(n);
  await expect(page.locator("tbody tr").first()).toContainText(/timed from its commit/);
});

test("says that few are few, and how sure a rate is", async ({ page, url }) => {
  await page.goto(`${url}/trends?from=-28d&service=ledger`);
  await loaded(page);
  const figure = page.locator("dl > div", { hasText: "Change fail rate" });
  await expect(figure).toContainText(/of 1 \(few\), 95 %: 0–\d/);
});

test("a level names its year, with the warning; 2025 has none", async ({ page, url }) => {
  await page.goto(url + trends);
  await loaded(page);
  await expect(page.locator("main")).not.toContainText(/DORA 20\d\d:/);
  const levels = page.getByRole("combobox", { name: "Levels" });
  await levels.selectOption("2023");
  await expect(page.locator("dl").first()).toContainText(/DORA 2023: (elite|high|medium|low)/);
  await expect(page.locator("main")).toContainText(/As published/);
  await levels.selectOption("2025");
  await expect(page.locator("main")).toContainText("DORA's report of 2025 has no levels");
  await expect(page.locator("dl").first()).not.toContainText(/elite|high|medium|low/);
});

test("weeks begin on the day that was chosen, on the next page and the next time", async ({
  page,
  url,
}) => {
  await page.goto(url + trends);
  await loaded(page);
  const chart = page.getByRole("list", { name: "Deployments, by week" });
  const firstOf = () => chart.getByRole("button").nth(1).getAttribute("aria-label");
  const monday = await firstOf();
  await page.getByRole("combobox", { name: "Weeks begin on" }).selectOption("sunday");
  await expect.poll(firstOf).not.toBe(monday);
  await page.reload();
  await loaded(page);
  await expect(page.getByRole("combobox", { name: "Weeks begin on" })).toHaveValue("sunday");
  await expect.poll(firstOf).not.toBe(monday);
});

test("a copied link shows the same figures to someone with other settings", async ({
  browser,
  context,
  page,
  url,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: url });
  await page.goto(`${url}${trends}&bucket=week&timezone=Asia%2FTokyo&weekStart=saturday`);
  await loaded(page);
  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/from=20\d\d.*timezone=Asia%2FTokyo.*to=20\d\d.*weekStart=saturday/);
  const other = await browser.newContext({
    timezoneId: "America/New_York",
    storageState: { cookies: [], origins: [] },
  });
  const reader = await other.newPage();
  await signInAs(reader, process.env.PUSHLINE_TEST_COOKIE ?? "");
  await reader.goto(link);
  await loaded(reader);
  const shown = (of: typeof page) => of.locator("main dl").first().innerText();
  await expect.poll(() => shown(reader)).toBe(await shown(page));
  const columns = (of: typeof page) =>
    of
      .getByRole("list", { name: "Deployments, by week" })
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
  await expect.poll(() => columns(reader)).toEqual(await columns(page));
  await other.close();
});

for (const [name, address] of [
  ["the trends", `${trends}&definition=both`],
  ["the batch sizes", "/trends/batches?from=-28d&service=checkout"],
] as const)
  test(`every number of ${name} that opens rows is asked for with the page's own window`, async ({
    page,
    url,
  }) => {
    await page.goto(url + address);
    await loaded(page);
    const hrefs = await page
      .locator("main a[href*='back=']")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    expect(hrefs.length).toBeGreaterThan(5);
    for (const href of new Set(hrefs)) {
      const { pathname, searchParams } = new URL(href, url);
      searchParams.delete("back");
      searchParams.delete("timezone");
      const { items } = await getAnswer<{ items: unknown[] }>(
        url,
        `/api/v1${pathname}?${searchParams}&limit=500`,
      );
      expect([href, items.length > 0]).toEqual([href, true]);
    }
  });

test("by DevLake's rules nothing is counted that DevLake has no rule for", async ({
  page,
  url,
}) => {
  await page.goto(`${url}${trends}&definition=devlake`);
  await loaded(page);
  const main = page.locator("main");
  await expect(main).toContainText("days a week");
  for (const name of ["Deployment rework rate", "Failed attempts", "Remedies that held", "p90 –"])
    await expect(main).not.toContainText(name);
});

test("incidents by DevLake's rules say so, and lead back to all", async ({ page, url }) => {
  await page.goto(`${url}/incidents?from=-28d&definition=devlake`);
  await loaded(page);
  const behind = page.getByRole("navigation", { name: "Behind which number" });
  await expect(behind).toContainText("incidents by DevLake's rules");
  await behind.getByRole("button", { name: "Show all" }).click();
  await expect(page).not.toHaveURL(/definition/);
  await expect(behind).toHaveCount(0);
});
