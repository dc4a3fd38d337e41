import type { Page } from "@playwright/test";
import { revision } from "@/app/testing/history";
import { mappedSource } from "@/app/testing/manage";
import { pagePatterns } from "@/app/testing/page-addresses";
import { refusedOn, watchPolicy } from "@/app/testing/policy";
import { closeAll } from "@/app/testing/popups";
import { getAnswer } from "@/app/testing/send";
import { deploymentId, expect, incidentId, loaded, ready, test } from "@/app/testing/visit";

/** What stands for the parts in brackets; a page with others fails until it has its line here. */
const samples: Record<string, (url: string) => Promise<string> | string> = {
  "/[...missing]": () => "/nothing/like/it",
  "/changes/[sha]": () => `/changes/${revision(120)}`,
  "/deliveries/[id]": async (url) => {
    const { items } = await getAnswer<{ items: { id: string }[] }>(
      url,
      "/api/v1/deliveries?limit=1",
    );
    return `/deliveries/${items[0]?.id}`;
  },
  "/deployments/[id]": async (url) => `/deployments/${await deploymentId(url, "1.120.0")}`,
  "/incidents/[id]": async (url) =>
    `/incidents/${await incidentId(url, "Checkout error ratio above 2 %")}`,
  "/services/[service]": () => "/services/checkout",
  "/settings/sources/[name]": async (url) => `/settings/sources/${await mappedSource(url)}`,
  "/settings/sources/[name]/mapping": async (url) =>
    `/settings/sources/${await mappedSource(url)}/mapping`,
  "/settings/sources/[name]/replay": async (url) =>
    `/settings/sources/${await mappedSource(url)}/replay`,
  "/slos/[id]": () => "/slos/deployment_duration",
};

const pages = pagePatterns();

test("every page is visited below", () => {
  expect(pages.length).toBeGreaterThan(15);
  const missing = pages
    .map(({ pattern }) => pattern)
    .filter((pattern) => pattern.includes("[") && !samples[pattern]);
  expect(missing).toEqual([]);
});

test.describe("pages for who is signed in", () => {
  for (const { pattern } of pages.filter(({ group }) => group !== "(access)"))
    test(`${pattern} does nothing that its policy refuses, whatever is opened on it`, async ({
      page,
      url,
    }) => {
      await watchPolicy(page);
      const address = (await samples[pattern]?.(url)) ?? pattern;
      const response = await page.goto(url + address);
      expect(response?.headers()["content-security-policy"]).toContain("script-src 'self' 'nonce-");
      await loaded(page);
      await hoverGraph(page);
      await openEverything(page);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Search or jump" }).fill("check");
      await expect(page.getByRole("option", { name: /checkout/ }).first()).toBeVisible();
      await closeAll(page);
      expect(await refusedOn(page)).toEqual([]);
    });
});

test.describe("pages for who is not", () => {
  test.use({ storageState: { cookies: [], origins: [] } });
  for (const { pattern } of pages.filter(({ group }) => group === "(access)"))
    test(`${pattern} does nothing that its policy refuses`, async ({ page, url }) => {
      await watchPolicy(page);
      await page.goto(`${url}${pattern}#a-token-that-does-not-hold`);
      await expect(page.getByRole("heading").first()).toBeVisible();
      await ready(page);
      await openEverything(page);
      expect(await refusedOn(page)).toEqual([]);
    });
});

test.describe("the policy", () => {
  test("runs no script that comes with the page's own text, nor one that text makes", async ({
    browser,
    url,
    storageState,
  }) => {
    // Not the fixture's page, on which a refusal is an error.
    const context = await browser.newContext({ storageState });
    const page = await context.newPage();
    await watchPolicy(page);
    await page.route(`${url}/services`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(
        "</body>",
        "<script>window.injected = 1</script><img src='/none' onerror='window.injected = 2'></body>",
      );
      await route.fulfill({ response, body });
    });
    await page.goto(`${url}/services`);
    await expect.poll(() => refusedOn(page)).toHaveLength(2);
    await page.evaluate(() =>
      document.body.insertAdjacentHTML(
        "beforeend",
        "<img src='/none' onerror='window.injected = 3'><style>body { color: red }</style>",
      ),
    );
    await expect.poll(() => refusedOn(page)).toHaveLength(4);
    expect(await page.evaluate(() => "injected" in window)).toBe(false);
    // What is ours runs all the same.
    await expect(page.locator("[data-live=live]")).toBeAttached();
    await context.close();
  });
});

test.describe("another site", () => {
  const elsewhere = "http://localhost:1";

  /** A page of another site in the same browser, where our person is signed in. */
  async function visitElsewhere(page: Page, body: string): Promise<void> {
    await page.route(`${elsewhere}/**`, (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html>${body}` }),
    );
    await page.goto(`${elsewhere}/`);
  }

  test("frames no page", async ({ browser, url, storageState }) => {
    const context = await browser.newContext({ storageState });
    const page = await context.newPage();
    await visitElsewhere(page, `<iframe src="${url}/services"></iframe>`);
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/);
    await context.close();
  });

  test("neither reads nor changes anything with this browser's sign-in", async ({
    browser,
    url,
    storageState,
  }) => {
    const context = await browser.newContext({ storageState });
    const page = await context.newPage();
    await visitElsewhere(page, "");
    const asked = await page.evaluate(async (me) => {
      const options = { credentials: "include" } as const;
      const read = await fetch(me, options).then(
        () => "read",
        () => "refused",
      );
      await fetch(me, { ...options, method: "POST", mode: "no-cors", body: "{}" }).catch(
        () => null,
      );
      const loads = (element: HTMLScriptElement | HTMLImageElement) =>
        new Promise((resolve) => {
          element.onload = () => resolve("loaded");
          element.onerror = () => resolve("refused");
          element.src = me;
          document.body.append(element);
        });
      return [read, await loads(document.createElement("script")), await loads(new Image())];
    }, `${url}/api/v1/me`);
    expect(asked).toEqual(["refused", "refused", "refused"]);
    await context.close();
  });
});

test("sign-in leads to no other site, whatever the address says", async ({ page, url }) => {
  const ask = async (next: string) => {
    const address = `${url}/sign-in?next=${encodeURIComponent(next)}`;
    const response = await page.request.get(address, { maxRedirects: 0 });
    return response.headers().location;
  };
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "/%2f/evil"])
    expect([next, await ask(next)]).toEqual([next, "/"]);
  expect(await ask("/services?team=payments")).toBe("/services?team=payments");
});

/** Along the first graph in sight, where a crosshair and its words follow. */
async function hoverGraph(page: Page): Promise<void> {
  const graph = page.locator("main .chart-picture").first();
  if ((await graph.count()) === 0) return;
  // Each time anew: the drawn graph takes the place of the server's as soon as it is looked at.
  for (const x of [60, 120, 180])
    await expect(() => graph.hover({ position: { x, y: 40 }, force: true, timeout: 2_000 })).toPass(
      { timeout: 15_000 },
    );
}

/** Menus, pickers and dialogs, one after the other. */
async function openEverything(page: Page): Promise<void> {
  const openers = page.locator("[aria-haspopup]:visible:enabled");
  const count = Math.min(await openers.count(), 12);
  for (let index = 0; index < count; index += 1) {
    const opener = openers.nth(index);
    if (!(await opener.isVisible())) continue;
    await opener.click({ timeout: 5_000 });
    await closeAll(page);
  }
}
