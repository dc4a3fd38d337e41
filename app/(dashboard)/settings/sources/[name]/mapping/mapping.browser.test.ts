import { deliver, manage, removeLeft } from "@/app/testing/manage";
import { expectAnnounced } from "@/app/testing/popups";
import { expect, expectAccessible, expectNoSideways, loaded, test } from "@/app/testing/visit";

test("rules are written against what arrived, tried while typing, saved, and read by", async ({
  page,
  url,
}) => {
  await removeLeft(url, "/api/v1/sources/train");
  const { secret } = await manage<{ secret: string }>(url, "POST", "/api/v1/sources", {
    name: "train",
    provider: "mapping",
  });
  const proof = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const body = JSON.stringify({ event: "arrived", number: 7, app: "till", commit: "abc1234" });
  expect((await deliver(url, "train", proof, body)).status).toBe(202);

  await page.goto(`${url}/settings/sources`);
  await loaded(page);
  await page.getByRole("link", { name: "Mapping of train" }).click();
  await expect(page.getByRole("group", { name: "Body" })).toContainText('"till"');
  const editor = page.getByLabel("As pushline.yaml has them");
  const preview = page.getByRole("region", { name: "What comes of it" });
  await editor.fill(`- fact:\n    type: deployment\n    service: app\n    id: "a +"`);
  await expect(preview).toContainText("mapping[0].fact.id (line 4)");
  await editor.fill(`- when: "event = 'arrived'"
  fact:
    type: deployment
    id: number
    service: app
    environment: "'staging'"
    revision: commit
    status: "'succeeded'"
`);
  await expect(preview).toContainText("train/7");
  await expect(preview).toContainText("accepted");
  await expectAccessible(page);
  await expectNoSideways(page);

  await page.getByRole("button", { name: "Save and read what is kept by it" }).click();
  await expectAnnounced(page, /^Saved: 1 kept delivery/);
  await expect(async () => {
    await page.goto(`${url}/settings/sources/train/replay`);
    await expect(page.locator("main")).toContainText(/1 delivery read, 1 came to something else/, {
      timeout: 2_000,
    });
  }).toPass({ timeout: 30_000 });
  await loaded(page);
  await page.getByRole("button", { name: "See what would change" }).click();
  await expect(page.locator("main")).toContainText("0 facts would appear, 0 change, 0 vanish.");
  await expectAccessible(page);
  await manage(url, "DELETE", "/api/v1/sources/train");
});
