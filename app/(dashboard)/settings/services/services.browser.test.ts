import { ship } from "@/app/testing/history";
import { removeLeft } from "@/app/testing/manage";
import { confirm } from "@/app/testing/popups";
import { sendEvents, settled } from "@/app/testing/send";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

test("a rule says beforehand what it would match, and is saved, changed and removed", async ({
  page,
  url,
}) => {
  await sendEvents(
    url,
    ship({ service: "cafeteria-eu", number: 900, finish: Date.now(), environment: "staging" }),
  );
  await removeLeft(url, "/api/v1/service-rules/canteen");
  await settled(url);
  await page.goto(`${url}/settings/services`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a service" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("Name the service to see what the rule would match.");
  await page.getByLabel("Name", { exact: true }).fill("canteen");
  await page.getByLabel("Deployed as").fill("cafeteria-*");
  await expect(preview).toContainText("1 deployment of the last 90 days would be canteen's.");
  await expect(preview).toContainText("1 deployment would change service:");
  await expect(preview.getByRole("link", { name: "cafeteria-eu → canteen" })).toBeVisible();
  await expectAccessible(page);

  // Saved without it: this server's history is other tests' too.
  await page.getByLabel("Deployed as").fill("");
  await page.getByLabel("Repository").fill("acme/canteen");
  await page.getByLabel("Team", { exact: true }).selectOption("payments");
  await expect(preview).toContainText("0 changes of acme/canteen would be canteen's.");
  await page.getByRole("button", { name: "Save" }).click();
  // The preview has items with this name, too.
  const item = page
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: "canteen" }) });
  await expect(item).toContainText("payments");

  await page.getByRole("button", { name: "Add a service" }).click();
  await page.getByLabel("Name", { exact: true }).fill("canteen");
  await page.getByRole("button", { name: "Save" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveAccessibleDescription(/This name is taken/);
  await expect(name).toBeFocused();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(item).toContainText("acme/canteen");

  await item.getByRole("button", { name: "Change canteen" }).click();
  await page.getByLabel("Paths").fill("apps/(canteen)+/**");
  await page.getByRole("button", { name: "Save" }).click();
  const paths = page.getByLabel("Paths");
  await expect(paths).toHaveAccessibleDescription(/A glob of \* \? \[ \] \{ \} alone/);
  await expect(paths).toBeFocused();
  await expect(preview).toContainText("Paths: a glob of * ? [ ] { } alone");
  await paths.fill("apps/canteen/**");
  await page.getByLabel("Depends on").fill("ledger, web");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("ledger, web");
  await expect(item).toContainText("apps/canteen/**");

  await item.getByRole("button", { name: "Remove the rule of canteen" }).click();
  await confirm(page, "Remove it");
  await expect(item).toHaveCount(0);
});

test("a rule of pushline.yaml is shown, marked and read-only", async ({ page, url }) => {
  await page.goto(`${url}/settings/services`);
  await loaded(page);
  const item = page.getByRole("listitem").filter({ hasText: "acme/checkout" });
  await expect(item.getByText("from pushline.yaml", { exact: true })).toBeVisible();
  await expect(item.getByRole("button")).toHaveCount(0);
});
