import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

test("shows the fail rate by how much was deployed, and does not overstate it", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trends/batches?service=checkout`);
  await loaded(page);
  const sizes = page.getByRole("region", { name: "Changes in a deployment" });
  await expect(sizes).toContainText("Too few deployments on either side to tell");
  await expect(sizes).toContainText("Classes of fewer than 20 deployments are pale");
  await expect(sizes.getByRole("row", { name: /^1 / })).toContainText("%");
  await expect(sizes.getByRole("row", { name: /^32 or more/ })).toContainText("no deployments");
  const ages = page.getByRole("region", { name: "Age of the oldest branch" });
  await expect(ages).toContainText("No deployment here merged a pull request");
  await expectAccessible(page);
});

test("a class opens to its deployments, says which they are, and leads back", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/trends/batches?service=checkout`);
  await loaded(page);
  const link = page.getByRole("link", { name: /^\d+ deployments?, changes 1$/ });
  const n = Number(await link.innerText());
  await link.click();
  await expect(page).toHaveURL(/\/deployments\?.*changes=1-2/);
  const behind = page.getByRole("navigation", { name: "Behind which number" });
  await expect(behind).toContainText("deployments in production of 1 change of checkout");
  await expect(page.locator("tbody tr")).toHaveCount(n);
  await behind.getByRole("link", { name: "Batch size" }).click();
  await expect(page).toHaveURL(/\/trends\/batches\?.*service=checkout/);
});

test("says so where nothing was deployed", async ({ page, url }) => {
  await page.goto(`${url}/trends/batches?from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z`);
  await loaded(page);
  await expect(page.locator("main")).toContainText("No deployments in this time range");
});
