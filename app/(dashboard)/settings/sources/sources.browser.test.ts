import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { deliver, manage, removeLeft } from "@/app/testing/manage";
import { confirm } from "@/app/testing/popups";
import { expect, expectAccessible, loaded, test } from "@/app/testing/visit";

const body = JSON.stringify({ zen: "Keep it logically awesome.", hook_id: 1 });

function ping(url: string, source: string, secret: string): Promise<Response> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-github-event": "ping",
    "x-github-delivery": `${source}-${secret.slice(0, 12)}`,
    "x-hub-signature-256": `sha256=${signature}`,
  };
  return deliver(url, source, headers, body);
}

/** The sources that are made here, and removed at each test's end. */
const names = ["gh-shop", "gh-rotated", "by-user", "pipes", "by-path", "pages-of-duty"];
test.beforeEach(({ url }) =>
  Promise.all(names.map((name) => removeLeft(url, `/api/v1/sources/${name}`))),
);

async function shownSecret(page: Page): Promise<string> {
  return (
    await page
      .locator("code")
      .filter({ hasText: /^[\w-]{43}$/ })
      .innerText()
  ).trim();
}

test("a source is added with its secret shown once, and lights up at its first delivery", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a source" }).click();
  await expectAccessible(page);
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("gh shop");
  await page.getByRole("button", { name: "Add GitHub" }).click();
  await expect(name).toHaveAccessibleDescription(
    /Letters, digits, dots, dashes and underscores only\./,
  );
  await name.fill("gh-shop");
  await page.getByRole("button", { name: "Add GitHub" }).click();

  const panel = page.getByRole("region", { name: "Connect gh-shop" });
  await expect(panel.getByText(`${url}/api/webhooks/gh-shop`).first()).toBeVisible();
  await expect(panel).toContainText("application/json");
  await expect(panel).toContainText("Waiting for its first delivery");
  await expectAccessible(page);
  const secret = await shownSecret(page);
  expect((await ping(url, "gh-shop", secret)).status).toBe(202);
  await expect(panel).toContainText("Its first delivery is here: ping");
  await panel.getByRole("link", { name: "Look at it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ping");

  await page.goto(`${url}/settings/sources`);
  await expect(page.getByRole("listitem").filter({ hasText: "gh-shop" })).toContainText("ignored");
  expect(await page.content()).not.toContain(secret);
  await manage(url, "DELETE", "/api/v1/sources/gh-shop");
});

test("a secret is rotated without a gap: both hold until the old one is ended", async ({
  page,
  url,
}) => {
  const { secret: old } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name: "gh-rotated",
    provider: "github",
  });
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Rotate the secret of gh-rotated" }).click();
  await page.getByRole("button", { name: "Make the new secret" }).click();
  const dialog = page.getByRole("dialog").filter({ has: page.locator("code") });
  await expect(dialog).toContainText("This is shown once.");
  await expectAccessible(page);
  const secret = await shownSecret(page);
  expect((await ping(url, "gh-rotated", old)).status).toBe(202);
  expect((await ping(url, "gh-rotated", secret)).status).toBe(202);

  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const item = page.getByRole("listitem").filter({ hasText: "gh-rotated" });
  await expect(item).toContainText("Two secrets hold");
  await item.getByRole("button", { name: "Finish: only the new one" }).click();
  await confirm(page, "Only the new one");
  await expect(item).not.toContainText("Two secrets hold");
  expect((await ping(url, "gh-rotated", old)).status).toBe(401);

  await item.getByRole("button", { name: "Send a test of gh-rotated" }).click();
  await expect(item.getByRole("link", { name: "The test arrived: look at it" })).toBeVisible();

  await item.getByRole("button", { name: "Remove gh-rotated" }).click();
  await confirm(page, "Remove it");
  await expect(item).toHaveCount(0);
  expect((await ping(url, "gh-rotated", secret)).status).toBe(404);
});

test("a source proves itself in another way from then on, by the secret that it has", async ({
  page,
  url,
}) => {
  const secret = "a short one";
  await manage(url, "POST", "/api/v1/sources", { name: "by-user", provider: "native", secret });
  const event = (authorization: string) =>
    deliver(url, "by-user", { authorization, "content-type": "application/json" }, "[]");
  const basic = `Basic ${Buffer.from(`robot:${secret}`).toString("base64")}`;
  expect((await event(basic)).status).toBe(401);
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  const item = page.getByRole("listitem").filter({ hasText: "by-user" });
  await expect(item).toContainText("sends a bearer token");
  await item.getByRole("button", { name: "Change how by-user proves itself" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("How it proves itself").selectOption("basic");
  await dialog.getByRole("button", { name: "Save" }).click();
  const user = dialog.getByLabel("User name");
  await expect(user).toHaveAccessibleDescription(/Please fill this in\./);
  await user.fill("robot");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(item).toContainText("signs in as robot with a password");
  expect((await event(basic)).status).not.toBe(401);
  expect((await event(`Bearer ${secret}`)).status).toBe(401);
  await manage(url, "DELETE", "/api/v1/sources/by-user");
});

test("a source that is there shows its steps again, without its secret", async ({ page, url }) => {
  const secret = "a-secret-that-is-shown-once";
  await manage(url, "POST", "/api/v1/sources", { name: "pipes", provider: "native", secret });
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "How to connect pipes" }).click();
  const dialog = page.getByRole("dialog");
  for (const shown of [
    `curl ${url}/api/webhooks/pipes`,
    "npx pushline report deployment",
    "YOUR-SECRET",
  ])
    await expect(dialog).toContainText(shown);
  expect(await page.content()).not.toContain(secret);
  await expectAccessible(page);
  await manage(url, "DELETE", "/api/v1/sources/pipes");
});

test("a provider that makes the secret itself is asked for it, beside the address that it wants first", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a source" }).click();
  const own = page.getByLabel("I bring a secret of my own");
  await expect(own).not.toBeChecked();
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByLabel("Search: Provider").fill("pagerduty");
  await page.keyboard.press("Enter");
  await expect(own).toBeChecked();
  await page.getByLabel("Name", { exact: true }).fill("pages-of-duty");
  await expect(page.getByText(`${url}/api/webhooks/pages-of-duty`, { exact: true })).toBeVisible();
  await expect(
    page.getByText("What runs on another machine cannot reach 127.0.0.1."),
  ).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("How it proves itself").selectOption("path");
  await expect(own).not.toBeChecked();
  await page.getByLabel("How it proves itself").selectOption("signature");
  await page.getByLabel("Secret", { exact: true }).fill("made-by-pagerduty-itself");
  await page.getByRole("button", { name: "Add PagerDuty" }).click();
  const panel = page.getByRole("region", { name: "Connect pages-of-duty" });
  await expect(panel).toContainText("not made-by-pagerduty-itself already");
  await expect(panel).toContainText("cannot reach 127.0.0.1");
  await panel.getByRole("button", { name: "Done" }).click();
  await manage(url, "DELETE", "/api/v1/sources/pages-of-duty");
});

test("ways of proof that a provider has no form for stand apart", async ({ page, url }) => {
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByLabel("Search: Provider").fill("netlify");
  await page.keyboard.press("Enter");
  const proof = page.getByLabel("How it proves itself");
  const group = (label: string) => proof.locator(`optgroup[label="${label}"] option`);
  await expect(group("Netlify itself")).toHaveCount(2);
  await expect(group("Only with a proxy in between")).toHaveCount(3);
  await proof.selectOption("bearer");
  await expect(proof).toHaveAccessibleDescription(/Netlify cannot do this itself/);
  await expectAccessible(page);
});

test("a source whose secret is in its address shows them as one", async ({ page, url }) => {
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByRole("combobox", { name: "Provider" }).click();
  await page.getByLabel("Search: Provider").fill("own ev");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await page.getByLabel("How it proves itself").selectOption("path");
  await page.getByLabel("Name", { exact: true }).fill("by-path");
  await page.getByLabel("I bring a secret of my own").check();
  await page.getByLabel("Secret", { exact: true }).fill("a-key-that-is-long-enough");
  await page.getByRole("button", { name: /^Add / }).click();
  const panel = page.getByRole("region", { name: "Connect by-path" });
  const whole = `${url}/api/webhooks/by-path/a-key-that-is-long-enough`;
  await expect(panel.getByText(whole, { exact: true })).toBeVisible();
  await expect(panel).toContainText(`curl ${whole} \\`);
  await panel.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "by-path" })).toContainText(
    "has the secret in its address",
  );
  await expect(page.getByText("a-key-that-is-long-enough")).toHaveCount(0);
  await manage(url, "DELETE", "/api/v1/sources/by-path");
});
