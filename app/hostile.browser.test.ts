import type { Page } from "@playwright/test";
import { sendEvents, settled } from "@/app/testing/send";
import { expect, loaded, test } from "@/app/testing/visit";

/** What a page must show as letters, whoever wrote it where. */
const strings = [
  `<img src=x onerror="window.hostile=1">`,
  `"><svg onload="window.hostile=2">`,
  `'; drop table deployments; --`,
  `=cmd|'/c calc'!A1`,
  `{{7*7}}\${7*7}`,
  `javascript:window.hostile=3`,
  `</script><script>window.hostile=4</script>`,
];
/** Names of this test's own, so that no other meets them; under production they stand in every list. */
const named = (index: number) => `hostile ${index} ${strings[index]}`;

/** One of each native event, every text of it hostile; old, so that nobody's figures change. */
function events(index: number): Record<string, unknown>[] {
  const text = named(index);
  const repository = text;
  const place = { service: text, environment: `hostile ${text}` };
  const at = (minutes: number) =>
    new Date(Date.UTC(2025, 0, 1, 0, index * 60 + minutes)).toISOString();
  const revision = text.slice(0, 128);
  return [
    {
      type: "change",
      id: text,
      repository,
      branch: text,
      revision,
      paths: [text],
      authoredAt: at(0),
      author: text,
      message: `${text}\n${text}`,
    },
    {
      type: "build",
      id: text,
      repository,
      branch: text,
      revision,
      name: text,
      status: "succeeded",
      startedAt: at(1),
      finishedAt: at(2),
      artifact: text,
      url: strings[5],
      stages: [{ name: text, status: "succeeded" }],
    },
    {
      type: "deployment",
      id: text,
      ...place,
      repository,
      revision,
      version: text,
      artifact: text,
      status: "succeeded",
      strategy: text,
      startedAt: at(3),
      finishedAt: at(4),
      approvals: [{ by: text, at: at(3) }],
      author: text,
      url: strings[5],
    },
    { type: "release", id: text, ...place, subject: "flag", flag: text, author: text, at: at(5) },
    {
      type: "incident",
      id: text,
      ...place,
      title: text,
      severity: "critical",
      openedAt: at(6),
      resolvedAt: at(9),
    },
    {
      type: "alert",
      id: text,
      incident: text,
      ...place,
      name: text,
      severity: text,
      startedAt: at(6),
      endedAt: at(9),
      labels: { [text]: text },
    },
    {
      type: "test_run",
      id: text,
      repository,
      revision,
      name: text,
      status: "failed",
      startedAt: at(1),
      finishedAt: at(2),
      tests: 3,
      failed: 1,
    },
  ];
}

test.beforeAll(async () => {
  const url = process.env.PUSHLINE_TEST_URL ?? "";
  await sendEvents(
    url,
    strings.flatMap((_, index) => events(index)),
  );
  await settled(url);
});

/** That nothing of it ran, opened or became an element or a link of its own. */
async function expectInert(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as { hostile?: number }).hostile ?? null,
    injected: document.querySelectorAll("img[src=x], svg[onload], [onerror]").length,
    links: [...document.querySelectorAll("a")].filter((link) => link.protocol === "javascript:")
      .length,
  }));
  expect(found).toEqual({ ran: null, injected: 0, links: 0 });
}

const thoseDays = "from=2024-12-31T00:00:00Z&to=2025-01-03T00:00:00Z";

test("what senders write stands on every page as letters, and does nothing", async ({
  page,
  url,
}) => {
  test.setTimeout(180_000);
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const first = encodeURIComponent(named(0));
  const answers = await page.request.get(`${url}/api/v1/deployments?service=${first}`);
  const { items } = (await answers.json()) as { items: { id: string }[] };
  const incidents = await page.request.get(`${url}/api/v1/incidents?service=${first}`);
  const opened = (await incidents.json()) as { items: { id: string }[] };
  const deliveries = await page.request.get(`${url}/api/v1/deliveries?event=deployment&limit=1`);
  const delivered = (await deliveries.json()) as { items: { id: string }[] };
  expect(items).toHaveLength(1);
  expect(opened.items).toHaveLength(1);
  for (const path of [
    `/deployments?${thoseDays}`,
    `/deployments/${items[0]?.id}`,
    `/incidents?${thoseDays}`,
    `/incidents/${opened.items[0]?.id}`,
    "/services",
    `/services/${first}?${thoseDays}`,
    `/changes/${encodeURIComponent(named(0).slice(0, 128))}`,
    `/trends?${thoseDays}&service=${first}`,
    "/deliveries",
    `/deliveries/${delivered.items[0]?.id}`,
    `/deployments?service=${encodeURIComponent(strings[0] ?? "")}`,
  ]) {
    await page.goto(`${url}${path}`);
    await loaded(page);
    await expectInert(page);
  }
  await page.goto(`${url}/services/${first}?${thoseDays}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(strings[0] ?? "");
  expect(dialogs).toEqual([]);
});
