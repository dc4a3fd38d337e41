import { ship } from "@/app/testing/history";
import { sendEvents, settled } from "@/app/testing/send";
import { expect, loaded, signInAs, test } from "@/app/testing/visit";
import { Instance } from "@/lib/http/testing/instance";

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

let own: Instance;
let cookie: string;

test.beforeAll(async () => {
  own = await Instance.create();
  await own.start();
  ({ cookie } = await own.signIn());
});
test.beforeEach(({ page }) => signInAs(page, cookie));
test.afterAll(() => own.remove());

test("an empty instance shows how to send the first event, and lights up when it comes", async ({
  page,
}) => {
  await page.goto(own.url);
  await loaded(page);
  await expect(page.getByRole("heading", { name: "Nothing has arrived yet" })).toBeVisible();
  await expect(page.locator("main code").filter({ hasText: "curl" })).toContainText(own.url);
  await sendEvents(own.url, ship({ service: "checkout", number: 1, finish: Date.now() - 60_000 }));
  const here = page.getByRole("status").filter({ hasText: "The first event is here" });
  await expect(here).toBeVisible();
  await expect(page.getByRole("link", { name: /checkout 1\.1\.0/ })).toBeVisible();
});

test("what arrives between the first paint and the stream's opening is shown too", async ({
  page,
}) => {
  let letThrough = () => {};
  const sent = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/api/v1/live*", async (route) => {
    await sent;
    await route.continue();
  });
  await page.goto(own.url);
  await expect(page.getByRole("link", { name: /checkout 1\.1\.0/ })).toBeVisible();
  await sendEvents(own.url, ship({ service: "checkout", number: 9, finish: Date.now() - 45_000 }));
  await settled(own.url);
  letThrough();
  await expect(page.getByRole("link", { name: /checkout 1\.9\.0/ })).toBeVisible();
});

test("a delivery shows without a reload, and after the server was away too", async ({ page }) => {
  await page.goto(own.url);
  await loaded(page);
  await sendEvents(own.url, ship({ service: "checkout", number: 2, finish: Date.now() - 30_000 }));
  await expect(page.getByRole("link", { name: /checkout 1\.2\.0/ })).toBeVisible();

  await own.stop();
  await expect(page.locator("[data-live=reconnecting]")).toBeAttached();
  await own.start();
  // Sent while the browser may still be away: it must catch up.
  await sendEvents(own.url, ship({ service: "checkout", number: 3, finish: Date.now() - 10_000 }));
  await expect(page.getByRole("link", { name: /checkout 1\.3\.0/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.locator("[data-live=live]")).toBeAttached();
});

test("the first run of tests lights its half of the pipelines up", async ({ page }) => {
  await page.goto(`${own.url}/pipelines`);
  await loaded(page);
  await expect(page.getByText("No run of tests in this time range")).toBeVisible();
  const finished = Date.now() - 60_000;
  await sendEvents(own.url, [
    {
      type: "test_run",
      id: "t1",
      repository: "acme/checkout",
      revision: "a".repeat(40),
      name: "unit",
      status: "succeeded",
      startedAt: new Date(finished - 60_000).toISOString(),
      finishedAt: new Date(finished).toISOString(),
      tests: 812,
    },
  ]);
  await expect(page.getByRole("link", { name: "Runs that passed" })).toBeVisible();
});
