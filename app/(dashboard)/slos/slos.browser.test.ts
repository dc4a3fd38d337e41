import { expect, loaded, test } from "@/app/testing/visit";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone an objective is read without scrolling sideways", async ({ page, url }) => {
  await page.goto(`${url}/slos`);
  await loaded(page);
  const table = page.getByRole("group", { name: "Objectives of everything" });
  const row = table.getByRole("row", { name: /^Deployments/ });
  await expect(row).toContainText("90% under 2 min over 28 days");
  const beyond = () => table.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  await expect.poll(beyond).toBe(0);
  for (const cell of await row.getByRole("cell").all())
    await expect(cell).toBeInViewport({ ratio: 0.95 });
});

test("a number of an objective opens to its events, and so does a part of its window", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/slos/deployment_duration`);
  await loaded(page);
  const events = page.getByRole("region", { name: "The deployments behind it" });
  const window = page.getByRole("link", { name: /^\d+ in the last 3 d$/ });
  const n = Number(await window.innerText());
  await window.click();
  await expect(page).toHaveURL(/rows=all&last=259200#events/);
  await expect(events.getByRole("heading")).toHaveText("All deployments in the last 3 d");
  await expect(events.locator("tbody tr")).toHaveCount(Math.min(n, 50));
  await events.getByRole("button", { name: "Whole window" }).click();
  await expect(events.getByRole("heading")).toHaveText("All deployments");
});

test("an objective's page says when it is not of now", async ({ page, url }) => {
  await page.goto(`${url}/slos?at=2020-01-01T00:00:00Z`);
  await loaded(page);
  await expect(page.locator("main")).toContainText(/As it stood at Wed 1 Jan 2020/);
  await expect(page.locator("main")).toContainText("Nothing has been measured yet");
  await page.getByRole("button", { name: "Show now" }).click();
  await expect(page).not.toHaveURL(/at=/);
});
