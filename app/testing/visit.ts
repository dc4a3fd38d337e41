import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { getAnswer } from "@/app/testing/send";

export { expect };

/** A page of the filled instance, opened by its admin; what it says on the console as an error fails the test. */
export const test = base.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern.
  url: async ({}, use) => {
    const url = process.env.PUSHLINE_TEST_URL;
    if (!url) throw new Error("The global setup has not run.");
    await use(url);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  storageState: async ({}, use) => {
    const cookie = process.env.PUSHLINE_TEST_COOKIE;
    if (!cookie) throw new Error("The global setup has not run.");
    await use({ cookies: [sessionCookie(cookie)], origins: [] });
  },
  page: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !isExpected(message.text())) errors.push(message.text());
    });
    await use(page);
    expect(errors, "errors of the page itself").toEqual([]);
  },
});

/** Goes on in this browser as whoever holds the cookie, at every instance on this machine. */
export async function signInAs(page: Page, cookie: string): Promise<void> {
  await page.context().addCookies([sessionCookie(cookie)]);
}

function sessionCookie(pair: string) {
  const [name = "", value = ""] = pair.split("=");
  return {
    name,
    value,
    domain: "127.0.0.1",
    path: "/",
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: "Lax" as const,
  };
}

/** The network's own words about answers that a test makes fail on purpose. */
function isExpected(text: string): boolean {
  return (
    text.startsWith("Failed to load resource") ||
    text.startsWith("Failed to fetch RSC payload") ||
    text.includes("net::ERR_")
  );
}

/** Until nothing on the page is loading, the live line is open and every control answers. */
export async function loaded(page: Page): Promise<void> {
  await expect(page.locator("[data-live=live]")).toBeAttached();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  // Graphs below the fold draw nothing new until they are seen.
  await expect(async () => expect(await page.evaluate(busyInSight)).toBe(0)).toPass(patience);
  await ready(page);
}

/** Until every control of the page answers: the server's are drawn before, and what presses them is lost. */
export async function ready(page: Page): Promise<void> {
  await expect(async () => expect(await page.evaluate(deafControls)).toBe(0)).toPass(patience);
  // Keys are listened to by effects, which run after the drawing.
  await page.evaluate(
    () => new Promise((done) => requestIdleCallback(() => done(null), { timeout: 1_000 })),
  );
}

/** Unlike a poll it goes on when the page is left for another while it asks. */
const patience = { timeout: 15_000 };

/** How many controls React has not taken over yet: it marks those that it has. */
function deafControls(): number {
  return [...document.querySelectorAll("button, input, select, textarea")].filter(
    (control) => !Object.keys(control).some((key) => key.startsWith("__reactProps$")),
  ).length;
}

function busyInSight(): number {
  return [...document.querySelectorAll("[aria-busy=true]")].filter((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }).length;
}

export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(nothingMoves);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const said = violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect(said).toEqual([]);
}

/** Until every transition has ended: a colour on its way from light to dark is of neither. */
async function nothingMoves(): Promise<void> {
  const ends = document
    .getAnimations()
    .filter(({ playState }) => playState === "running")
    .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ends.map((animation) => animation.finished));
}

/** Graphs are drawn anew a moment after the screen has become narrower. */
export async function expectNoSideways(page: Page): Promise<void> {
  const tooWide = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect
    .poll(tooWide, { message: "pixels that the page is wider than the screen" })
    .toBeLessThanOrEqual(0);
}

interface Named {
  id: string;
  title?: string;
  version?: string;
}

export async function incidentId(url: string, title: string): Promise<string> {
  const { items } = await getAnswer<{ items: Named[] }>(url, "/api/v1/incidents?limit=50");
  const found = items.find((incident) => incident.title === title);
  if (!found) throw new Error(`No incident "${title}"`);
  return found.id;
}

export async function deploymentId(url: string, version: string): Promise<string> {
  const { items } = await getAnswer<{ items: Named[] }>(
    url,
    `/api/v1/deployments?environment=production&search=${version}`,
  );
  const [found] = items;
  if (!found) throw new Error(`No deployment of ${version}`);
  return found.id;
}
