import { expect, loaded, test } from "@/app/testing/visit";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone an objective is read without scrolling sideways", async ({ page, url }) => {
  await page.goto(`${url}/slos`);
  await loaded(page);
  const table = page.getByRole("group", { name: "Objectives of everything" });
  const row = table.getByRole("row", { name: /^Deployments/ });
  await expect(row).toContainText("90% under 2 min over 28 days");
  const sizes = await table.evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
  expect(sizes[0]).toBe(sizes[1]);
  for (const cell of await row.getByRole("cell").all())
    await expect(cell).toBeInViewport({ ratio: 0.95 });
});
