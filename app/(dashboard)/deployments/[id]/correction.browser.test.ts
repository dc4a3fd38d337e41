import { inviteAs } from "@/app/testing/people";
import { getAnswer } from "@/app/testing/send";
import { deploymentId, expect, loaded, signInAs, test } from "@/app/testing/visit";

const failedCount = async (url: string) => {
  const from = new Date(Date.now() - 28 * 86_400_000).toISOString();
  const { total } = await getAnswer<{ total: { changeFailRate: { failed: number } } }>(
    url,
    `/api/v1/metrics?service=web&from=${from}`,
  );
  return total.changeFailRate.failed;
};

test("a person corrects a class with a reason; the figure follows, and it can be taken back", async ({
  page,
  url,
}) => {
  const before = await failedCount(url);
  await page.goto(`${url}/deployments/${await deploymentId(url, "1.303.0")}`);
  await loaded(page);
  await page.getByRole("button", { name: "Correct its class" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Did it fail?").selectOption("true");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText("Please fill this in.");
  await dialog.getByLabel("Why").fill("orders were lost");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("main")).toContainText(
    /Ada Admin says that it failed: “orders were lost”/,
  );
  await expect(page.locator("main")).toContainText("Failed: a person said so");
  expect(await failedCount(url)).toBe(before + 1);

  await page.goto(`${url}/deployments?corrected=true&service=web`);
  await loaded(page);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody tr")).toContainText("corrected by Ada Admin: orders were lost");
  await page.goBack();
  await loaded(page);

  await page.getByRole("button", { name: "Change the correction" }).click();
  await dialog.getByLabel("Did it fail?").selectOption("");
  await dialog.getByLabel("Why").fill("it was another one");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Correct its class" })).toBeVisible();
  expect(await failedCount(url)).toBe(before);
});

test("who may only look is told who may correct", async ({ page, url }) => {
  await signInAs(page, await inviteAs(url, "Vera", "viewer"));
  await page.goto(`${url}/deployments/${await deploymentId(url, "1.304.0")}`);
  await loaded(page);
  await expect(page.locator("main")).toContainText(
    "Editors and the service's team may correct it.",
  );
  await expect(page.getByRole("button", { name: "Correct its class" })).toHaveCount(0);
});
