import { manage } from "@/app/testing/manage";
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
  const id = await deploymentId(url, "1.303.0");
  // An earlier try may have left its own.
  await manage(url, "PUT", `/api/v1/deployments/${id}/correction`, { note: "to begin with" });
  const before = await failedCount(url);
  await page.goto(`${url}/deployments/${id}`);
  await loaded(page);
  await page.getByRole("button", { name: "Correct its class" }).click();
  // What is said in passing is a dialog to roles, too.
  const dialog = page.getByRole("dialog", { name: "Correct the class" });
  await dialog.getByLabel("Did it fail?").selectOption("true");
  await dialog.getByRole("button", { name: "Save" }).click();
  const why = dialog.getByLabel("Why", { exact: true });
  await expect(why).toHaveAccessibleDescription(/Please fill this in\./);
  await why.fill("orders were lost");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.locator("main")).toContainText(
    /Ada Admin says that it failed: “orders were lost”/,
  );
  await expect(page.locator("main")).toContainText("Failed: a person said so");
  await expect.poll(() => failedCount(url)).toBe(before + 1);

  await page.goto(`${url}/deployments?corrected=true&service=web`);
  await loaded(page);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.locator("tbody tr")).toContainText("corrected by Ada Admin: orders were lost");
  await page.goBack();
  await loaded(page);

  await page.getByRole("button", { name: "Change the correction" }).click();
  await dialog.getByLabel("Did it fail?").selectOption("");
  await why.fill("it was another one");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Correct its class" })).toBeVisible();
  await expect.poll(() => failedCount(url)).toBe(before);
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
