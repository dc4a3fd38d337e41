import { expect, loaded, test } from "@/app/testing/visit";

const month = new Date().toISOString().slice(0, 7);
const monthName = new Intl.DateTimeFormat("en-GB", {
  month: "long",
  year: "numeric",
  timeZone: "UTC",
}).format();

test("a month's report has its figures, and goes to the months beside it", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trends/report?month=${month}&timezone=UTC`);
  await loaded(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Delivery in ${monthName}`);
  const row = page.getByRole("row", { name: /^Change fail rate/ });
  const answer = await page.request.get(
    `${url}/api/v1/metrics?from=${month}-01T00:00:00Z&timezone=UTC&bucket=month`,
  );
  const { n } = (await answer.json()).total.changeFailRate;
  await expect(row).toContainText(`${n} deployments`);
  await expect(page.getByText("The month is not over")).toBeVisible();
  await expect(page.getByRole("button", { name: "Report of the month after" })).toBeDisabled();
  await page
    .getByRole("button", { name: /^Report of / })
    .first()
    .click();
  await expect(page.getByText("The month is not over")).toBeHidden();
});

test("on paper there is no control, nothing is cut, and it is a few sheets", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trends/report?month=${month}&timezone=UTC`);
  await loaded(page);
  await page.emulateMedia({ media: "print" });
  for (const name of ["Print or save as PDF", "Search or jump"])
    await expect(page.getByRole("button", { name })).toBeHidden();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  // A sheet of A4 within its margins, at 96 dots an inch.
  await page.setViewportSize({ width: 688, height: 1_000 });
  const cut = () =>
    page.evaluate(() => {
      const edge = document.documentElement.clientWidth;
      return [...document.querySelectorAll("main *")]
        .filter((element) => element.getBoundingClientRect().right > edge + 1)
        .map((element) => element.className.toString() || element.tagName);
    });
  // Charts are drawn anew for the sheet's width.
  await expect.poll(cut).toEqual([]);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sheets = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(sheets).toBeGreaterThanOrEqual(1);
  expect(sheets).toBeLessThanOrEqual(4);
});
