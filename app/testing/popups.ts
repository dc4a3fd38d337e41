import { expect, type Page } from "@playwright/test";

/** Says yes to the question that is asked, and waits until it has gone: behind it the page is hidden from roles. */
export async function confirm(page: Page, action: string): Promise<void> {
  const question = page.getByRole("alertdialog");
  await question.getByRole("button", { name: action, exact: true }).click();
  await expect(question).toHaveCount(0);
}

/** That something done was said in passing, in exactly these words. */
export async function expectAnnounced(page: Page, words: string | RegExp): Promise<void> {
  const notices = page.getByRole("region", { name: "Notifications" });
  await expect(notices.getByRole("dialog", { name: words }).first()).toBeVisible();
}

/** Presses Escape until nothing is open and nothing is still closing. */
export async function closeAll(page: Page): Promise<void> {
  await expect(async () => {
    if ((await page.locator(open).count()) > 0) await page.keyboard.press("Escape");
    await expect(page.locator(open)).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
}

/** What floats over the page, until its last trace has gone; what was said in passing may stay. */
const open = ["dialog", "alertdialog", "menu", "listbox"]
  .map((role) => `[data-base-ui-portal] [role=${role}]:not([role=region] *)`)
  .join();
