import { manage } from "@/app/testing/manage";
import { inviteAs } from "@/app/testing/people";
import { expectAnnounced } from "@/app/testing/popups";
import { getAnswer } from "@/app/testing/send";
import { expect, incidentId, loaded, signInAs, test } from "@/app/testing/visit";

const burning = "Checkout error ratio above 2 %";
const past = "Checkout answered with errors";

test("says at once which deployment did it, how sure, and how to undo it", async ({
  page,
  url,
}) => {
  await page.goto(`${url}/incidents/${await incidentId(url, burning)}`);
  await loaded(page);
  const main = page.locator("main");
  await expect(main).toContainText(/checkout 1\.141\.0 deployed/);
  await expect(main).toContainText(/(Strong|Likely), \d of \d checks/);
  await expect(page.getByRole("list", { name: "Checks" })).toContainText(
    "no error tracker connected",
  );
  await expect(page.getByRole("region", { name: "Roll back" })).toContainText("1.140.0");
});

test("C copies the rollback command", async ({ page, url, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${url}/incidents/${await incidentId(url, burning)}`);
  await loaded(page);
  const rollback = page.getByRole("region", { name: "Roll back" });
  const command = await rollback.locator("code").innerText();
  await page.keyboard.press("c");
  await expect(rollback.getByText("Copied", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

test("J and K go through the suspects", async ({ page, url }) => {
  await page.goto(`${url}/incidents/${await incidentId(url, burning)}`);
  await loaded(page);
  const current = page.locator("button[aria-current=true]");
  const first = await current.innerText();
  await page.keyboard.press("j");
  await expect(current).not.toHaveText(first);
  await page.keyboard.press("k");
  await expect(current).toHaveText(first, { useInnerText: true });
});

test("a verdict changes the metrics at once, and its undoing changes them back", async ({
  page,
  url,
}) => {
  const failed = async () =>
    (
      await getAnswer<{ total: { changeFailRate: { failed: number } } }>(
        url,
        "/api/v1/metrics?service=checkout",
      )
    ).total.changeFailRate.failed;
  const incident = await incidentId(url, past);
  // An earlier try may have left its own.
  await manage(url, "PUT", `/api/v1/incidents/${incident}/cause`, { verdict: null });
  const before = await failed();
  await page.goto(`${url}/incidents/${incident}`);
  await loaded(page);

  await page.keyboard.press("n");
  await expectAnnounced(page, "No change did it; the metrics follow.");
  await expect.poll(failed).toBe(before - 1);

  await page.getByRole("button", { name: "Undo the verdict" }).click();
  await expectAnnounced(page, "The verdict is taken back.");
  await expect.poll(failed).toBe(before);
});

test("what a person rejects is struck out", async ({ page, url }) => {
  await page.goto(`${url}/incidents/${await incidentId(url, past)}`);
  await loaded(page);
  await page.getByRole("button", { name: /Not this one/ }).click();
  await expect(page.locator("main .line-through")).toHaveCount(1);
  await page.keyboard.press("u");
  await expect(page.locator("main .line-through")).toHaveCount(0);
});

test("whoever only looks reads who judges, and has no button and no key for it", async ({
  page,
  url,
}) => {
  await signInAs(page, await inviteAs(url, "Vera", "viewer"));
  await page.goto(`${url}/incidents/${await incidentId(url, burning)}`);
  await loaded(page);
  await expect(page.getByText(/say whether this is the cause/)).toBeVisible();
  await expect(page.getByRole("group", { name: "Verdict" })).toHaveCount(0);
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "PUT" && sent.push(request.url()));
  for (const key of ["y", "x", "n", "u"]) await page.keyboard.press(key);
  // The last key's own work is done once another has moved to the next suspect.
  const current = page.locator("button[aria-current=true]");
  const first = await current.innerText();
  await page.keyboard.press("j");
  await expect(current).not.toHaveText(first);
  expect(sent).toEqual([]);
});
