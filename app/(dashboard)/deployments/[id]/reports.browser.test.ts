import { deliver, manage, removeLeft } from "@/app/testing/manage";
import { inviteAs } from "@/app/testing/people";
import { confirm } from "@/app/testing/popups";
import { getAnswer, sendEvents, settled } from "@/app/testing/send";
import {
  expect,
  expectAccessible,
  expectNoSideways,
  loaded,
  signInAs,
  test,
} from "@/app/testing/visit";
import type { DeploymentAnswer } from "@/lib/http/answers";

test.describe.configure({ mode: "serial" });

const source = "rollout-of-till";
/** Each try has its own: what a person said of an earlier one stands. */
const service = () => `till-desk-${test.info().retry}`;

const told = async (url: string) =>
  (
    await getAnswer<{ items: DeploymentAnswer[] }>(
      url,
      `/api/v1/deployments?service=${service()}&limit=10`,
    )
  ).items;

/** The same revision, by the pipeline's token and half a minute later by a source of its own. */
async function sendBoth(url: string): Promise<void> {
  await removeLeft(url, `/api/v1/sources/${source}`);
  const { secret } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name: source,
    provider: "native",
  });
  const start = Date.now() - 3_600_000;
  const event = (id: string, seconds: number, artifact: string | null) => ({
    type: "deployment",
    id,
    service: service(),
    environment: "staging",
    revision: "c0ffee".padEnd(40, "1"),
    version: "7.1.0",
    artifact,
    status: "succeeded",
    startedAt: new Date(start + seconds * 1_000).toISOString(),
    finishedAt: new Date(start + (seconds + 60) * 1_000).toISOString(),
  });
  await sendEvents(url, [event(`${service()}-line`, 0, null)]);
  const proof = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const body = JSON.stringify(event("sync-7", 30, "sha256:7a11"));
  expect((await deliver(url, source, proof, body)).status).toBe(202);
  await settled(url);
}

test.beforeAll(async () => {
  await sendBoth(process.env.PUSHLINE_TEST_URL ?? "");
});

test("one deployment of two sources shows both, and why they are one", async ({ page, url }) => {
  const [whole, ...others] = await told(url);
  expect(others).toEqual([]);
  await page.goto(`${url}/deployments?service=${service()}`);
  await loaded(page);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  const mark = page.getByRole("button", { name: "Reported by 2 sources" });
  await mark.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Reported by" })).toContainText(source);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Reported by" })).toHaveCount(0);

  // Whichever report's id is asked for, the whole is shown, under its own address.
  for (const report of whole?.sources ?? []) {
    await page.goto(`${url}/deployments/${report.id}`);
    await expect(page).toHaveURL(new RegExp(`/deployments/${whole?.id}$`));
  }
  await loaded(page);
  const card = page.getByRole("region", { name: "Reported by" });
  await expect(card).toContainText("2 sources report it, and it counts as one deployment");
  await expect(card).toContainText("the same revision, within 2 minutes of each other");
  const reports = card.getByRole("list", { name: "Reports" }).getByRole("listitem");
  await expect(reports).toHaveCount(2);
  await expect(reports.first()).toContainText("pipeline");
  await expect(reports.last()).toContainText(source);
  await expectAccessible(page);
});

test("a person parts them with a reason, sees what failed, and takes it back", async ({
  page,
  url,
}) => {
  const [whole] = await told(url);
  await page.goto(`${url}/deployments/${whole?.id}`);
  await loaded(page);
  await page.getByRole("button", { name: `Not the same deployment: ${source} sync-7` }).click();
  const dialog = page.getByRole("dialog", { name: "Not the same deployment?" });
  await dialog.getByLabel("Why").fill("another cluster's");
  await expectAccessible(page);

  await page.route("**/separation", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ code: "overloaded", detail: "Too much at once." }),
    }),
  );
  await dialog.getByRole("button", { name: "Hold it apart" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Too much at once.");
  await page.unroute("**/separation");
  await dialog.getByRole("button", { name: "Hold it apart" }).click();
  await expect(dialog).toHaveCount(0);

  const apart = page.getByRole("list", { name: "Held apart from it" });
  await expect(apart).toContainText(/held apart by Ada Admin.*: “another cluster's”/);
  await expect(page.getByRole("list", { name: "Reports" }).getByRole("listitem")).toHaveCount(1);
  expect(await told(url)).toHaveLength(2);
  await expectAccessible(page);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(page);
  await expectAccessible(page);

  await apart.getByRole("link", { name: "Its own page" }).click();
  await expect(page).not.toHaveURL(new RegExp(`/deployments/${whole?.id}`));
  await loaded(page);
  const alone = page.getByRole("list", { name: "Reports" });
  await expect(alone).toContainText("held apart by Ada Admin");
  await alone.getByRole("button", { name: /^Take it back/ }).click();
  await confirm(page, "Join it again");
  await expect(alone.getByRole("listitem")).toHaveCount(2);
  await expect(alone).not.toContainText("held apart");
  expect(await told(url)).toHaveLength(1);
});

test("whoever only looks reads who reported it, and has no button to part it", async ({
  page,
  url,
}) => {
  const [whole] = await told(url);
  await signInAs(page, await inviteAs(url, "Vera", "viewer"));
  await page.goto(`${url}/deployments/${whole?.id}`);
  await loaded(page);
  const card = page.getByRole("region", { name: "Reported by" });
  await expect(card.getByRole("listitem")).toHaveCount(2);
  await expect(card.getByRole("button")).toHaveCount(0);
});
