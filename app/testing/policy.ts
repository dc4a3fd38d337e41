import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** What the browser's policy refused on this page. */
    refused?: string[];
  }
}

/** From now on the page keeps what its policy refuses; asked for by `refusedOn`. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      window.refused?.push(
        `${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`,
      );
    });
  });
}

export async function refusedOn(page: Page): Promise<string[]> {
  return page.evaluate(() => window.refused ?? ["nobody watched"]);
}
