import type { Page } from "@playwright/test";
import { revision } from "@/app/testing/history";
import { mappedSource } from "@/app/testing/manage";
import {
  deploymentId,
  expect,
  expectAccessible,
  expectNoSideways,
  incidentId,
  loaded,
  test,
} from "@/app/testing/visit";

interface Visited {
  name: string;
  path: (url: string) => Promise<string> | string;
  /** What must stand on the page. */
  shows: RegExp;
}

const pages: Visited[] = [
  { name: "cockpit", path: () => "/", shows: /Open incidents: 1/ },
  { name: "services", path: () => "/services", shows: /checkout/ },
  { name: "a service", path: () => "/services/checkout", shows: /Error ratio/ },
  { name: "incidents", path: () => "/incidents", shows: /Checkout error ratio above 2 %/ },
  {
    name: "an incident",
    path: async (url) => `/incidents/${await incidentId(url, "Checkout error ratio above 2 %")}`,
    shows: /checkout 1\.141\.0 deployed/,
  },
  { name: "deployments", path: () => "/deployments", shows: /1\.141\.0/ },
  {
    name: "a failed deployment",
    path: async (url) => `/deployments/${await deploymentId(url, "1.120.0")}`,
    shows: /Failed: the incident names it as its cause/,
  },
  { name: "trends", path: () => "/trends?from=-28d&bucket=day", shows: /Deployment rework rate/ },
  { name: "changes", path: () => "/changes?figure=lead_time", shows: /Change 141 of checkout/ },
  { name: "releases", path: () => "/releases", shows: /new-tax/ },
  { name: "remedies", path: () => "/trends/remedies?by=month", shows: /fixed forward/ },
  { name: "batch size", path: () => "/trends/batches", shows: /Changes in a deployment/ },
  { name: "pipelines", path: () => "/pipelines", shows: /Slowest stages/ },
  { name: "builds", path: () => "/pipelines/builds", shows: /Export/ },
  { name: "test runs", path: () => "/pipelines/tests", shows: /Export/ },
  { name: "a month's report", path: () => "/trends/report", shows: /The figures/ },
  { name: "a change", path: () => `/changes/${revision(120)}`, shows: /Change 120 of checkout/ },
  { name: "SLOs", path: () => "/slos", shows: /Budget left/ },
  {
    name: "an SLO",
    path: () => "/slos/deployment_duration",
    shows: /90% under 2 min over 28 days/,
  },
  { name: "deliveries", path: () => "/deliveries", shows: /pipeline/ },
  { name: "the account", path: () => "/settings/account", shows: /this one/ },
  { name: "people", path: () => "/settings/people", shows: /Ada Admin/ },
  { name: "teams", path: () => "/settings/teams", shows: /from pushline\.yaml/ },
  { name: "goals", path: () => "/settings/goals", shows: /Goals/ },
  { name: "tokens", path: () => "/settings/tokens", shows: /from pushline\.yaml/ },
  { name: "sources", path: () => "/settings/sources", shows: /Sources/ },
  {
    name: "a source",
    path: async (url) => `/settings/sources/${await mappedSource(url)}`,
    shows: /What became of it/,
  },
  {
    name: "a mapping",
    path: async (url) => `/settings/sources/${await mappedSource(url)}/mapping`,
    shows: /What comes of it(.|\n)*till/,
  },
  {
    name: "reading again",
    path: async (url) => `/settings/sources/${await mappedSource(url)}/replay`,
    shows: /1 delivery read/,
  },
  { name: "backfills", path: () => "/settings/backfills", shows: /History from a clone/ },
  { name: "rules of services", path: () => "/settings/services", shows: /acme\/checkout/ },
  { name: "engines", path: () => "/settings/engines", shows: /Engines/ },
  { name: "objectives", path: () => "/settings/slos", shows: /90% under 10 min/ },
  { name: "the audit", path: () => "/settings/audit", shows: /set up this instance/ },
  { name: "no page", path: () => "/nothing/like/it", shows: /There is no such page/ },
];

for (const visited of pages)
  test(`${visited.name} is whole, within the screen and accessible, in light and in dark`, async ({
    page,
    url,
  }) => {
    await visit(page, url, visited);
    await expectNoSideways(page);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
  });

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const visited of pages)
    test(`${visited.name} is whole, within the screen and accessible`, async ({ page, url }) => {
      await visit(page, url, visited);
      await expectNoSideways(page);
      await expectAccessible(page);
    });
});

async function visit(page: Page, url: string, { path, shows }: Visited): Promise<void> {
  await page.goto(`${url}${await path(url)}`);
  await expect(page.locator("main")).toContainText(shows);
  await loaded(page);
  await expect(page.locator("h1")).toHaveCount(1);
}

test("the first paint holds data before any script has run", async ({ browser, url }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${url}/services/checkout?environment=production`);
  await expect(page.locator("main")).toContainText("1.141.0");
  await expect(page.locator("figure.chart path").first()).toBeAttached();
  await context.close();
});

test("a page's data is refused without a session, even asked for around the guarded frame", async ({
  page,
  url,
}) => {
  await page.goto(url);
  await loaded(page);
  const asking = page.waitForRequest(
    (request) => request.headers().rsc === "1" && request.url().includes("/services"),
  );
  await page.getByRole("link", { name: "Services", exact: true }).click();
  const request = await asking;
  const all = await request.allHeaders();
  const framed = Object.entries(all).filter(([name]) => /^(rsc|next-)/.test(name));
  const ask = async (cookie: string) => {
    const headers = { ...Object.fromEntries(framed), cookie };
    return (await fetch(request.url(), { headers, redirect: "manual" })).text();
  };
  expect(await ask(all.cookie ?? "")).toContain("acme/checkout");
  expect(await ask("")).not.toContain("checkout");
});
