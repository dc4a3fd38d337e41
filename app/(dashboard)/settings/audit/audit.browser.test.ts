import { readFileSync } from "node:fs";
import { manage } from "@/app/testing/manage";
import { expect, loaded, test } from "@/app/testing/visit";
import { firstAdmin } from "@/lib/http/testing/instance";

test("the audit is read in sentences, searched, filtered and exported", async ({ page, url }) => {
  // A name of this try's own: the audit forgets nothing of an earlier one.
  const name = `audited-${test.info().retry}`;
  await manage(url, "PUT", `/api/v1/teams/${name}`, { timezone: "Asia/Tokyo" });
  await manage(url, "DELETE", `/api/v1/teams/${name}`);
  await page.goto(`${url}/settings/audit`);
  await loaded(page);
  await page.getByLabel("Words").fill(name);
  const rows = page.getByRole("row").filter({ hasText: `team ${name}` });
  await expect(page.locator("tbody tr")).toHaveCount(2);
  await expect(rows.first()).toContainText(`${firstAdmin.name}removed the team ${name}`);
  await expect(rows.last()).toContainText("timezone: Asia/Tokyo");

  await page.getByRole("combobox", { name: /^What/ }).click();
  await page.getByRole("option", { name: "team: removed" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(1);

  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "As CSV" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("team.removed");

  await page.getByLabel("Words").fill("nothing of this kind");
  await expect(page.locator("main")).toContainText("Nothing was done here");
});

test("what one person did stays together under the names of then", async ({ page, url }) => {
  const team = `renamed-${test.info().retry}`;
  await manage(url, "PUT", `/api/v1/teams/${team}`, { timezone: "Asia/Tokyo" });
  await manage(url, "PUT", "/api/v1/me", { name: "Ada B. Admin" });
  await manage(url, "DELETE", `/api/v1/teams/${team}`);
  await manage(url, "PUT", "/api/v1/me", { name: firstAdmin.name });
  await page.goto(`${url}/settings/audit`);
  await loaded(page);
  await page.getByLabel("Words").fill(team);
  await expect(page.locator("tbody tr")).toHaveCount(2);
  await page.getByRole("button", { name: "Ada B. Admin", exact: true }).click();
  await expect(page).toHaveURL(/actorId=/);
  await expect(page.getByRole("combobox", { name: `Who: ${firstAdmin.name}` })).toBeVisible();
  await expect(page.locator("tbody tr")).toHaveCount(2);
  await expect(page.locator("tbody tr").first()).toContainText("Ada B. Admin");
  await expect(page.locator("tbody tr").last()).toContainText(firstAdmin.name);
});
