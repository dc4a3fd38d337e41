import { deliver, invited, manage, removeLeft } from "@/app/testing/manage";
import { expectAnnounced } from "@/app/testing/popups";
import { settled } from "@/app/testing/send";
import {
  expect,
  expectAccessible,
  expectNoSideways,
  loaded,
  signInAs,
  test,
} from "@/app/testing/visit";

test.describe.configure({ mode: "serial" });

const bearer = "a-bearer-of-this-test";

/** The address of a delivery that cannot be read, with a secret in its body. */
async function failed(url: string): Promise<string> {
  const body = JSON.stringify({ type: "deployment", api_token: "s3cr3t-value-of-a-sender" });
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const response = await deliver(url, "inbox-test", headers, body);
  const { delivery } = (await response.json()) as { delivery: string };
  return `${url}/deliveries/${delivery}`;
}

let address: string;

test.beforeAll(async () => {
  const url = process.env.PUSHLINE_TEST_URL ?? "";
  await removeLeft(url, "/api/v1/sources/inbox-test");
  const source = { name: "inbox-test", provider: "native", secret: bearer };
  await manage(url, "POST", "/api/v1/sources", source);
  address = await failed(url);
  await settled(url);
});
test.afterAll(() =>
  manage(process.env.PUSHLINE_TEST_URL ?? "", "DELETE", "/api/v1/sources/inbox-test"),
);

test("a delivery that could not be read says why, and shows what came, its secrets hidden", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/deliveries?outcome=failed&source=inbox-test`);
  await loaded(page);
  await page.getByRole("link", { name: "deployment", exact: true }).first().click();
  await expect(page).toHaveURL(address);
  await loaded(page);
  const became = page.getByRole("region", { name: "What became of it" });
  await expect(became).toContainText("It could not be read.");
  await expect(became).toContainText("invalid_event");
  await expect(became).toContainText("inbox-test (native)");
  await expect(page.getByRole("region", { name: "Headers" })).toContainText("application/json");
  const shown = page.getByRole("group", { name: "Body" });
  await expect(shown).toContainText('"type": "deployment"');
  await expect(shown.locator("mark")).toHaveText("hidden");
  expect(await page.content()).not.toContain("s3cr3t-value-of-a-sender");
  expect(await page.content()).not.toContain(bearer);
  await expectAccessible(page);
});

test("it is replayed by who may, and the page follows what becomes of it", async ({
  page,
  url,
}) => {
  await page.goto(address);
  await loaded(page);
  await page.getByRole("button", { name: "Replay" }).click();
  await expectAnnounced(page, "It is read once more.");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("failed");

  // What an editor of a team may correct is that team's; a delivery is nobody's.
  const teams = { storefront: "editor" };
  await signInAs(page, await invited(url, { name: "Lo Looker", role: "viewer", teams }));
  await page.goto(address);
  await loaded(page);
  await expect(page.getByRole("region", { name: "What became of it" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Replay" })).toHaveCount(0);
  await page.goto(`${url}/deliveries?source=inbox-test`);
  await loaded(page);
  await expect(page.getByRole("link", { name: "deployment", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /Replay/ })).toHaveCount(0);
});

test("on a phone it stays within the screen; one that is not there says so", async ({
  page,
  url,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address);
  await loaded(page);
  await expectNoSideways(page);
  await expectAccessible(page);
  await page.goto(`${url}/deliveries/999999999`);
  await expect(page.getByRole("alert").filter({ hasText: "not_found" })).toBeVisible();
});
