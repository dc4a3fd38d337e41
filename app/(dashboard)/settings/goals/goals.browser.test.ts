import { confirm } from "@/app/testing/popups";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

test("a team's goal is set, refused where it cannot be, changed and removed", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/settings/goals`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByLabel("Team", { exact: true }).selectOption("payments");
  await page.getByLabel("Metric", { exact: true }).selectOption("change_fail_rate");
  await page.getByLabel("Percent, at most").fill("150");
  await page.getByLabel("By", { exact: true }).fill("2090-03-31");
  await page.getByRole("button", { name: "Set the goal" }).click();
  const percent = page.getByLabel("Percent, at most");
  await expect(percent).toHaveAccessibleDescription(/The target is a rate from 0 to 1\./);
  await expect(percent).toBeFocused();
  await percent.fill("12.5");
  await page.getByRole("button", { name: "Set the goal" }).click();
  const item = page.getByRole("listitem").filter({ hasText: "payments: Change fail rate" });
  await expect(item).toContainText("12.5% by 2090-03-31");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Add a goal" }).click();
  await page.getByLabel("Team", { exact: true }).selectOption("payments");
  await page.getByLabel("Metric", { exact: true }).selectOption("change_fail_rate");
  await percent.fill("5");
  await page.getByLabel("By", { exact: true }).fill("2090-03-31");
  await page.getByRole("button", { name: "Set the goal" }).click();
  await expect(page.locator("form")).toContainText("The team has a goal for this metric");
  await page.getByRole("button", { name: "Cancel" }).click();

  await item.getByRole("button", { name: "Change change fail rate of payments" }).click();
  await expect(percent).toHaveValue("12.5");
  await percent.fill("100");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("100% by 2090-03-31");
  await expect(item).toContainText("reached");

  await item.getByRole("button", { name: "Remove change fail rate of payments" }).click();
  await confirm(page, "Remove it");
  await expect(item).toHaveCount(0);
});
