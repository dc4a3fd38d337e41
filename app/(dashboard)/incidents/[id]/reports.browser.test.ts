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
import type { IncidentAnswer } from "@/lib/http/answers";

test.describe.configure({ mode: "serial" });

const source = "pager-of-till";
/** Each try has its own: what a person said of an earlier one stands. */
const service = () => `till-alarm-${test.info().retry}`;

const told = async (url: string) =>
  (
    await getAnswer<{ items: IncidentAnswer[] }>(
      url,
      `/api/v1/incidents?service=${service()}&limit=10`,
    )
  ).items;

/** An alert by the pipeline's token, and two minutes later a pager's incident; both are over. */
async function sendBoth(url: string): Promise<void> {
  await removeLeft(url, `/api/v1/sources/${source}`);
  const { secret } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name: source,
    provider: "native",
  });
  const start = Date.now() - 3_600_000;
  const at = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
  const place = { service: service(), environment: "staging", severity: "critical" };
  await sendEvents(url, [
    {
      ...{ type: "alert", id: `${service()}-alert`, ...place },
      ...{ name: "TillIsSlow", startedAt: at(0), endedAt: at(9), labels: { desk: "4" } },
    },
  ]);
  const proof = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const body = JSON.stringify({
    ...{ type: "incident", id: "P1", ...place },
    ...{ title: "Customers wait at the till", openedAt: at(2), resolvedAt: at(11) },
  });
  expect((await deliver(url, source, proof, body)).status).toBe(202);
  await settled(url);
}

test.beforeAll(async () => {
  await sendBoth(process.env.PUSHLINE_TEST_URL ?? "");
});

test("one incident of two sources shows every sign once, in order, with its source", async ({
  page,
  url,
}) => {
  const [whole, ...others] = await told(url);
  expect(others).toEqual([]);
  await page.goto(`${url}/incidents?service=${service()}`);
  await loaded(page);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Reported by 2 sources" })).toBeVisible();

  for (const sign of whole?.signs ?? []) {
    await page.goto(`${url}/incidents/${sign.id}`);
    await expect(page).toHaveURL(new RegExp(`/incidents/${whole?.id}$`));
  }
  await loaded(page);
  const card = page.getByRole("region", { name: "2 signs" });
  await expect(card).toContainText("2 sources report it, and it counts as one incident");
  const signs = card.getByRole("list", { name: "Signs" }).getByRole("listitem");
  await expect(signs).toHaveCount(2);
  await expect(signs.first()).toContainText("TillIsSlow");
  await expect(signs.first()).toContainText("alert by pipeline");
  await expect(signs.first()).toContainText("desk=4");
  await expect(signs.last()).toContainText("Customers wait at the till");
  await expect(signs.last()).toContainText(`opened by ${source}`);
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("Alert TillIsSlow fires");
  await expect(timeline).toContainText(`${source} resolves: Customers wait at the till`);
  await expectAccessible(page);
});

test("a person parts them with a reason, and takes it back", async ({ page, url }) => {
  const [whole] = await told(url);
  await page.goto(`${url}/incidents/${whole?.id}`);
  await loaded(page);
  await page.getByRole("button", { name: "Not the same incident: pipeline, TillIsSlow" }).click();
  const dialog = page.getByRole("dialog", { name: "Not the same incident?" });
  await dialog.getByLabel("Why").fill("the desk was being cleaned");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Hold it apart" }).click();
  await expect(dialog).toHaveCount(0);

  const apart = page.getByRole("list", { name: "Held apart from it" });
  await expect(apart).toContainText(/held apart by Ada Admin.*: “the desk was being cleaned”/);
  await expect(page.getByRole("list", { name: "Signs" }).getByRole("listitem")).toHaveCount(1);
  expect(await told(url)).toHaveLength(2);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSideways(page);
  await expectAccessible(page);

  await apart.getByRole("button", { name: /^Take it back/ }).click();
  await confirm(page, "Join it again");
  await expect(apart).toHaveCount(0);
  await expect(page.getByRole("list", { name: "Signs" }).getByRole("listitem")).toHaveCount(2);
  expect(await told(url)).toHaveLength(1);
});

test("whoever only looks reads every sign, and has no button to part them", async ({
  page,
  url,
}) => {
  const [whole] = await told(url);
  await signInAs(page, await inviteAs(url, "Vera", "viewer"));
  await page.goto(`${url}/incidents/${whole?.id}`);
  await loaded(page);
  const card = page.getByRole("region", { name: "2 signs" });
  await expect(card.getByRole("listitem")).toHaveCount(2);
  await expect(card.getByRole("button")).toHaveCount(0);
});
