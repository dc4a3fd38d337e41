import { deliver, manage, removeLeft } from "@/app/testing/manage";
import { expect, expectAccessible, expectNoSideways, loaded, test } from "@/app/testing/visit";

test("a source's page tells what came of its deliveries, and that requests are refused", async ({
  page,
  url,
}) => {
  await removeLeft(url, "/api/v1/sources/faring");
  const { secret } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name: "faring",
    provider: "github",
    auth: "bearer",
  });
  const send = (token: string, event: string) =>
    deliver(
      url,
      "faring",
      {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "x-github-event": event,
        "x-github-delivery": `faring-${event}`,
      },
      JSON.stringify({ action: "created" }),
    );
  expect((await send(secret, "star")).status).toBe(202);
  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("link", { name: "faring", exact: true }).click();
  const outcomes = page.getByRole("region", { name: "What became of it, last 28 days" });
  await expect(outcomes.getByRole("row", { name: /star ignored/ })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("region", { name: "How it fares" })).toContainText(
    "It sends, and what it sends is read",
  );
  await expectAccessible(page);
  await expectNoSideways(page);

  expect((await send("guessed", "push")).status).toBe(401);
  await expect(async () => {
    await page.reload();
    await expect(page.locator("main")).toContainText("1 in 24 hours", { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "How it fares" })).toContainText("refused");
  await manage(url, "DELETE", "/api/v1/sources/faring");
});
