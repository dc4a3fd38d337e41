import { confirm } from "@/app/testing/popups";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

test("a team's objective is set, changed, switched off and taken back", async ({ page, url }) => {
  await page.goto(`${url}/settings/slos`);
  await loaded(page);
  await page.getByRole("button", { name: "Set an objective" }).click();
  await page.getByLabel("What is measured").selectOption("recovery");
  await page.getByLabel("Of", { exact: true }).selectOption("team");
  await page.getByLabel("Name of the team").fill("payments");
  await expect(page.getByLabel("Good when under, in seconds")).toHaveValue("3600");
  await page.getByLabel("Target, in percent").fill("95");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  const item = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: /of team payments/ }) });
  await expect(item).toContainText("95%");

  await item.getByRole("button", { name: /^Change/ }).click();
  await expect(page.getByLabel("Target, in percent")).toHaveValue("95");
  await page.getByLabel("Switched off here").check();
  await expect(page.getByLabel("Good when under, in seconds")).toHaveCount(0);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("switched off");

  await item.getByRole("button", { name: /^Take back/ }).click();
  await confirm(page, "Take it back");
  await expect(item).toHaveCount(0);
});
