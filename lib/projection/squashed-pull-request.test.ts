import { expect, it } from "vitest";
import {
  clock,
  deploy,
  forgetEverything,
  github,
  type Posted,
  push,
  sha,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();
const shop = "acme/checkout";
const branchPush = push(shop, "09:40", null, [{ name: "draft", at: "08:00" }], {
  ref: "refs/heads/taxes",
});
const merged = github("pull_request", "10:00", {
  action: "closed",
  repository: { full_name: shop },
  pull_request: {
    number: 7,
    title: "Taxes",
    merged: true,
    created_at: clock("09:45"),
    updated_at: clock("10:00"),
    merged_at: clock("10:00"),
    closed_at: clock("10:00"),
    merge_commit_sha: sha("squash"),
    head: { ref: "taxes", sha: sha("draft") },
    base: { ref: "main", sha: sha("c0") },
    user: { login: "ana" },
  },
});
const rest: Posted[] = [
  push(shop, "07:00", null, [{ name: "c0", at: "06:50" }]),
  ...deploy(shop, 1, "c0", ["07:10", "07:11", "07:15"]),
  merged,
  push(shop, "10:00", "c0", [{ name: "squash", at: "10:00" }]),
  ...deploy(shop, 2, "squash", ["10:10", "10:11", "10:15"]),
];

async function leadAfter(...batches: Posted[][]): Promise<number | null | undefined> {
  await forgetEverything(database.db);
  for (const batch of batches) await database.told(...batch);
  const row = await database.db
    .selectFrom("deployment_changes")
    .select("lead_seconds")
    .where("revision", "=", sha("squash"))
    .executeTakeFirst();
  return row?.lead_seconds;
}

const hours = 3_600;

it("a squash counts from the first commit pushed to its pull request's branch", async () => {
  expect(await leadAfter([branchPush, ...rest])).toBe(2.25 * hours);
});

it("until that push is told of it counts from itself, and then heals", async () => {
  expect(await leadAfter(rest)).toBe(0.25 * hours);
  expect(await leadAfter(rest, [branchPush])).toBe(2.25 * hours);
});
