import { confirm } from "@/app/testing/popups";
import { expect, loaded, signInAs, test } from "@/app/testing/visit";
import {
  type Github,
  githubClient,
  startGithub,
} from "@/lib/auth/sign-in/providers/testing/github";
import { firstAdmin, Instance } from "@/lib/http/testing/instance";

let github: Github;
let instance: Instance;
test.beforeAll(async () => {
  github = await startGithub();
  instance = await Instance.create({
    configuration: `
signIn:
  providers:
    - name: hub
      title: The Hub
      kind: github
      clientId: ${githubClient.clientId}
      clientSecret: ${githubClient.clientSecret}
      url: ${github.address}
      apiUrl: ${github.address}/api/v3
`,
  });
  await instance.start();
});
test.afterAll(async () => {
  await instance.remove();
  await github.close();
});

test("a provider is linked with the password, shown, and unlinked", async ({ page }) => {
  const { cookie } = await instance.signIn();
  await signInAs(page, cookie);
  await page.goto(`${instance.url}/settings/account`);
  await loaded(page);
  const ways = page.getByRole("group", { name: "Ways to sign in" });
  await expect(ways).toContainText("e-mail and password");
  await expect(ways).toContainText("not linked");

  await page.getByRole("button", { name: "Link The Hub" }).click();
  const dialog = page.getByRole("dialog").filter({ hasText: "Your password" });
  const password = dialog.getByLabel("Your password", { exact: true });
  await password.fill("not this one, surely");
  await dialog.getByRole("button", { name: "Continue to The Hub" }).click();
  await expect(password).toHaveAccessibleDescription(/This is not your password\./);
  await password.fill(firstAdmin.password);
  await dialog.getByRole("button", { name: "Continue to The Hub" }).click();

  await expect(page.getByRole("button", { name: "Unlink The Hub" })).toBeVisible();
  await expect(page).toHaveURL(`${instance.url}/settings/account`);
  await loaded(page);
  await page.getByRole("button", { name: "Unlink The Hub" }).click();
  await confirm(page, "Unlink");
  await expect(page.getByRole("button", { name: "Link The Hub" })).toBeVisible();
});
