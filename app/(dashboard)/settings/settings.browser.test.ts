import { removeLeft } from "@/app/testing/manage";
import { confirm } from "@/app/testing/popups";
import { expect, loaded, test } from "@/app/testing/visit";
import { firstAdmin } from "@/lib/http/testing/instance";

test("G and a comma go to the settings, and Ctrl K finds one of them", async ({ page, url }) => {
  await page.goto(url);
  await loaded(page);
  await page.keyboard.press("g");
  await page.keyboard.press(",");
  await expect(page).toHaveURL(/\/settings\/account/);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or jump" }).fill("settings: teams");
  await expect(
    page.getByRole("option", { name: /settings: teams/i }).and(page.locator("[data-highlighted]")),
  ).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings\/teams/);
});

test("the last admin cannot step down, and is told so where they asked", async ({ page, url }) => {
  await page.goto(`${url}/settings/people`);
  await loaded(page);
  await page.getByRole("combobox", { name: `Role of ${firstAdmin.name}` }).selectOption("viewer");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await dialog.getByRole("button", { name: "Become viewer" }).click();
  await expect(dialog.getByRole("alert")).toContainText("last_admin");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: `Role of ${firstAdmin.name}` })).toHaveValue(
    "admin",
  );
});

test("a team of pushline.yaml takes members, and says that its rest is read-only", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/settings/teams`);
  await loaded(page);
  const team = page.getByRole("region", { name: "payments" });
  await expect(team.getByText("from pushline.yaml")).toBeVisible();
  await expect(team.getByRole("button", { name: /Remove|Change/ })).toHaveCount(0);
  await team.getByRole("combobox", { name: /^Add to payments/ }).click();
  await page.getByRole("option", { name: new RegExp(firstAdmin.name) }).click();
  await team.getByRole("button", { name: "Add", exact: true }).click();
  const role = team.getByRole("combobox", { name: `Role of ${firstAdmin.name} in payments` });
  await expect(role).toHaveValue("editor");
  await role.selectOption("admin");
  await expect(role).toHaveValue("admin");
  await expect(role).toBeEnabled();
  await page.reload();
  await loaded(page);
  await expect(role).toHaveValue("admin");
  await team.getByRole("button", { name: `Take ${firstAdmin.name} out of payments` }).click();
  await confirm(page, "Take out");
  await expect(team).toContainText("Nobody is in this team yet.");
});

test("a team is made, changed and removed", async ({ page, url }) => {
  await removeLeft(url, "/api/v1/teams/platform");
  await page.goto(`${url}/settings/teams`);
  await loaded(page);
  await page.getByRole("button", { name: "New team" }).click();
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.fill("platform");
  await page.getByLabel("Time zone", { exact: true }).selectOption("Asia/Tokyo");
  await page.getByRole("button", { name: "Make the team" }).click();
  const team = page.getByRole("region", { name: "platform" });
  await expect(team).toContainText("Asia/Tokyo");

  await page.getByRole("button", { name: "New team" }).click();
  await name.fill("platform");
  await page.getByLabel("Time zone", { exact: true }).selectOption("UTC");
  await page.getByRole("button", { name: "Make the team" }).click();
  await expect(name).toHaveAccessibleDescription(/This name is taken/);
  await expect(name).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(name).toHaveCount(0);
  await expect(team).toContainText("Asia/Tokyo");
  await team.getByRole("button", { name: "Remove the team platform" }).click();
  await confirm(page, "Remove platform");
  await expect(team).toHaveCount(0);
});

test("the name is changed, everywhere on the page", async ({ page, url }) => {
  await page.goto(`${url}/settings/account`);
  await loaded(page);
  await expect(page.locator("main").getByText("this one", { exact: true })).toHaveCount(1);
  const rename = async (name: string) => {
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("button", { name: `You: ${name}` })).toBeVisible();
  };
  await rename("Ada A. Admin");
  await rename(firstAdmin.name);
});

test("a wrong current password is told at its field", async ({ page, url }) => {
  await page.goto(`${url}/settings/account`);
  await loaded(page);
  await page.getByLabel("Current password", { exact: true }).fill("not this one, surely");
  await page.getByLabel("New password", { exact: true }).fill("nine brown bears in a row");
  await page.getByRole("button", { name: "Change password" }).click();
  const current = page.getByLabel("Current password", { exact: true });
  await expect(current).toHaveAccessibleDescription(/This is not your password\./);
  await expect(current).toBeFocused();
});
