import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { Instance, token } from "@/lib/http/testing/instance";
import { percentile } from "@/scripts/bench/statistics";
import { findChromium } from "@/scripts/test/find-chromium";

const pagesOpen = ["/", "/deployments", "/services/checkout"];
const rounds = 40;
const patienceMilliseconds = 15_000;

/** From the POST of a deployment to the frame in which an open page shows it; the reference is the POST's own answer. */
export async function benchPixel(): Promise<void> {
  const instance = await Instance.create();
  const browser = await chromium.launch({
    executablePath: (await findChromium()) ?? undefined,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    await instance.start();
    await deploy(instance.url, "0.0.0");
    for (const path of pagesOpen) await measurePage(await browser.newContext(), instance.url, path);
  } finally {
    await browser.close();
    await instance.remove();
  }
}

async function measurePage(context: BrowserContext, url: string, path: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${url}${path}`);
  await whenShown(page, "0.0.0");
  const answers: number[] = [];
  const pixels: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const version = `${pagesOpen.indexOf(path) + 1}.${round}.7`;
    const shown = whenShown(page, version);
    const began = Date.now();
    await deploy(url, version);
    answers.push(Date.now() - began);
    pixels.push((await shown) - began);
  }
  await context.close();
  const line = (values: number[]) =>
    `p50 ${percentile(values, 0.5)} ms, p95 ${percentile(values, 0.95)} ms`;
  console.log(
    `${path.padEnd(20)} POST to pixel ${line(pixels)}   (answer of the POST: ${line(answers)}; n ${rounds})`,
  );
}

/**
 * The wall clock of the first frame that has the text; page and sender share
 * the machine's clock. As text: a compiled function would bring names along
 * that the page does not know.
 */
function whenShown(page: Page, text: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve, reject) => {
    const end = Date.now() + ${patienceMilliseconds};
    function look() {
      if (document.body.textContent.includes(${JSON.stringify(text)})) resolve(Date.now());
      else if (Date.now() > end) reject(new Error("never shown"));
      else requestAnimationFrame(look);
    }
    requestAnimationFrame(look);
  })`);
}

async function deploy(url: string, version: string): Promise<void> {
  const now = new Date().toISOString();
  const response = await fetch(`${url}/api/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      type: "deployment",
      id: `pixel-${version}`,
      service: "checkout",
      environment: "production",
      revision: `revision-${version}`,
      version,
      status: "succeeded",
      startedAt: now,
      finishedAt: now,
    }),
  });
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
}
