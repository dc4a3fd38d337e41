import type { Page } from "@playwright/test";
import { confirm } from "@/app/testing/popups";
import {
  expect,
  expectAccessible,
  expectNoSideways,
  loaded,
  ready,
  signInAs,
  test,
} from "@/app/testing/visit";
import { firstAdmin, Instance } from "@/lib/http/testing/instance";

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);
test.use({ storageState: { cookies: [], origins: [] } });

let own: Instance;
let setUpAddress: string;

test.beforeAll(async () => {
  own = await Instance.create();
  await own.start();
  setUpAddress = own.setUpAddress();
});
test.afterAll(() => own.remove());

test("before set-up every page says where the address of the first admin is", async ({ page }) => {
  await page.goto(`${own.url}/incidents`);
  await expect(page).toHaveURL(`${own.url}/set-up`);
  await expect(page.getByText("Nobody has an account here yet")).toBeVisible();
  await expectAccessible(page);
});

test("the address makes the first admin, says what is wrong at the field, and holds once", async ({
  page,
}) => {
  await page.goto(setUpAddress);
  await ready(page);
  await page.getByRole("button", { name: "Make the first account" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await expect(page.getByText("Please fill this in.", { exact: true })).toHaveCount(3);

  const password = page.getByLabel("Password", { exact: true });
  await page.getByLabel("Name", { exact: true }).fill(firstAdmin.name);
  await page.getByLabel("E-mail", { exact: true }).fill(firstAdmin.email);
  await password.fill("password1234");
  await page.getByRole("button", { name: "Make the first account" }).click();
  await expect(password).toHaveAccessibleDescription(guessedFirst);
  await expect(password).toBeFocused();
  await expectAccessible(page);

  await password.fill(firstAdmin.password);
  await page.keyboard.press("Enter");
  await expectEmptyCockpit(page);

  await page.context().clearCookies();
  await page.goto(setUpAddress);
  await ready(page);
  await fillAccount(page, "second@example.com");
  await page.getByRole("button", { name: "Become admin" }).click();
  await expect(page.getByText("This address holds no longer")).toBeVisible();
  await page.goto(`${own.url}/set-up`);
  await expect(page.getByText("It has an admin already.")).toBeVisible();
});

test("sign-in leads back to the page that was asked for; a wrong password is told", async ({
  page,
}) => {
  await page.goto(`${own.url}/trends?from=-28d&bucket=day`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await ready(page);
  await expectAccessible(page);
  await page.getByLabel("E-mail", { exact: true }).fill(firstAdmin.email);
  await page.getByLabel("Password", { exact: true }).fill("something else entirely");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "wrong_credentials" })).toBeVisible();

  await page.getByLabel("Password", { exact: true }).fill(firstAdmin.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${own.url}/trends?from=-28d&bucket=day`);
  await loaded(page);
});

test("after sign-out nothing of the instance is shown", async ({ page }) => {
  await signIn(page);
  await page.getByRole("button", { name: `You: ${firstAdmin.name}` }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${own.url}/sign-in`);
  await ready(page);
  await page.goto(`${own.url}/services`);
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fservices/);
});

test("a session that ends elsewhere is said, and the live line stops asking", async ({ page }) => {
  await signIn(page);
  await page.goto(`${own.url}/deliveries?outcome=failed`);
  await loaded(page);
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/api/v1/live")) asked += 1;
  });
  await page.context().clearCookies();
  // The stream breaks off, as it does when a proxy between or the server ends it.
  await own.stop();
  await own.start();
  const alert = page.getByRole("alert").filter({ hasText: "Your session has ended" });
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("[data-live=ended]")).toBeAttached();
  const before = asked;
  // On this a line that is only waiting opens again at once.
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  expect(asked).toBe(before);
  await alert.getByRole("link", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/next=%2Fdeliveries%3Foutcome%3Dfailed/);
});

test("whoever is invited makes an account with that role, and sees without buttons what they may not do", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto(`${own.url}/settings/people`);
  await loaded(page);
  await page.getByRole("button", { name: "Invite someone" }).click();
  await page.getByLabel("For whom", { exact: true }).fill("Bo of payments");
  await page.getByLabel("Role in the whole instance").selectOption("editor");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the invitation" }).click();
  const address = await shownAddress(page);
  expect(address).toContain(`${own.url}/invitation#`);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Bo of payments.*open/ })).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await other.goto(address);
  await expect(other.getByText("Ada Admin invites you to this Pushline as editor")).toBeVisible();
  await ready(other);
  await expectAccessible(other);
  await fillAccount(other, "bo@example.com", "Bo");
  await other.getByRole("button", { name: "Make my account" }).click();
  await expectEmptyCockpit(other);
  await other.goto(`${own.url}/settings/people`);
  await loaded(other);
  await expect(other.getByText("Only admins of this Pushline invite people")).toBeVisible();
  await expect(other.getByRole("combobox", { name: /^Role of/ })).toHaveCount(0);
  await expect(other.getByRole("button", { name: /Invite|Actions/ })).toHaveCount(0);

  await page.reload();
  await loaded(page);
  await expect(page.getByRole("row", { name: /Bo of payments.*accepted/ })).toBeVisible();
  await page.getByRole("button", { name: "Actions for Bo", exact: true }).click();
  await page.getByRole("menuitem", { name: "Disable", exact: true }).click();
  await confirm(page, "Disable");
  await expect(page.getByText("disabled", { exact: true })).toBeVisible();
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);

  await other.goto(address);
  await expect(other.getByText("This invitation does not hold")).toBeVisible();
  await other.context().close();
});

test("whoever forgot their password sets a new one by an admin's link, once", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const headers = { origin: own.url };
  const invited = await page.request.post(`${own.url}/api/v1/invitations`, {
    headers,
    data: { note: "Cy" },
  });
  const token = new URL((await invited.json()).address).hash.slice(1);
  const guest = await (await browser.newContext()).newPage();
  const account = { name: "Cy", email: "cy@example.com", password: "seven grey geese over water" };
  const accepted = await guest.request.post(`${own.url}/api/v1/invitations/accept`, {
    headers,
    data: { token, ...account },
  });
  expect(accepted.status()).toBe(201);
  await guest.goto(own.url);
  await loaded(guest);

  await page.goto(`${own.url}/settings/people`);
  await loaded(page);
  await page.getByRole("button", { name: "Actions for Cy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Make a new-password link" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const address = await shownAddress(page);
  expect(address).toContain(`${own.url}/new-password#`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Done" }).click();

  const other = await (await browser.newContext()).newPage();
  await other.goto(`${own.url}/sign-in`);
  await expect(other.getByText("Forgot it? Ask an admin for a new-password link.")).toBeVisible();
  await other.goto(address);
  await ready(other);
  const password = other.getByLabel("New password", { exact: true });
  await password.fill("password1234");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(password).toHaveAccessibleDescription(guessedFirst);
  await expectAccessible(other);
  await password.fill("nine plums on a long shelf");
  await other.keyboard.press("Enter");
  await expectEmptyCockpit(other);
  await guest.reload();
  await expect(guest).toHaveURL(/\/sign-in/);

  await guest.goto(address);
  await ready(guest);
  await guest.getByLabel("New password", { exact: true }).fill("nine plums on another shelf");
  await guest.keyboard.press("Enter");
  const heading = guest.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("This link does not hold");
  await expectAccessible(guest);
  await guest.goto(`${own.url}/new-password`);
  await expect(heading).toContainText("This link does not hold");
  for (const visitor of [guest, other]) await visitor.context().close();
});

for (const { look, ...options } of [
  { look: "light", colorScheme: "light", viewport: { width: 1440, height: 900 } },
  { look: "dark", colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  { look: "phone", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const)
  test.describe(look, () => {
    test.use(options);
    for (const path of [
      "/sign-in?problem=not_invited",
      "/set-up#AAAAAAAAAAAAAAAAAAAAAA",
      "/invitation#nothing-like-it",
      "/new-password#AAAAAAAAAAAAAAAAAAAAAA",
    ])
      test(`${path} is accessible and within the screen`, async ({ page }) => {
        await page.goto(`${own.url}${path}`);
        await expect(page.locator("h1")).toHaveCount(1);
        await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
        await ready(page);
        await expectNoSideways(page);
        await expectAccessible(page);
      });
  });

async function signIn(page: Page): Promise<void> {
  const response = await fetch(`${own.url}/api/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: own.url },
    body: JSON.stringify({ email: firstAdmin.email, password: firstAdmin.password }),
  });
  expect(response.status).toBe(200);
  await signInAs(page, response.headers.get("set-cookie")?.split(";")[0] ?? "");
  await page.goto(own.url);
  await loaded(page);
}

const guessedFirst = /This is among the passwords that are guessed first\./;

/** Whoever is let in lands there. */
async function expectEmptyCockpit(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Nothing has arrived yet" })).toBeVisible();
}

/** An address that is shown once, in the dialog that is open. */
async function shownAddress(page: Page): Promise<string> {
  const address = page.getByRole("dialog").locator("code");
  await expect(address).toContainText(own.url);
  return address.innerText();
}

async function fillAccount(page: Page, email: string, name = "Somebody"): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill("seven grey geese over water");
}
