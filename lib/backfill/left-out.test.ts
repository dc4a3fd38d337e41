import { describe, expect, it } from "vitest";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { BackfillWorld, everything } from "@/lib/backfill/testing";
import type { Fault } from "@/lib/backfill/testing-api";
import { holdsInPartLaw } from "@/lib/backfill/testing-in-part";
import { webhooks } from "@/lib/backfill/testing-webhooks";
import { settleAll } from "@/lib/projection/testing";

const world = new BackfillWorld();

const away: Fault = { kind: "answer", status: 502 };
const asksFor = (part: string) => world.api.asked.filter((path) => path.includes(part));
async function phaseOf(name: string) {
  const [{ phases = [] } = {}] = (await listBackfills(world.context, { limit: 1 })).items;
  return phases.find((phase) => phase.name === name);
}
async function pullRequest(number: number) {
  await settleAll(world.context);
  return world.db
    .selectFrom("pull_requests")
    .selectAll()
    .where("number", "=", number)
    .executeTakeFirst();
}

describe("an item that will not come", () => {
  holdsInPartLaw(world, webhooks);

  it.each<[string, Fault, number, string]>([
    ["5xx", away, 5, "It answered 502."],
    ["a cut body", { kind: "cut" }, 5, "No connection came about, or it broke."],
    ["a body beyond all bounds", { kind: "long" }, 1, "It sent more than 33554432 bytes."],
    [
      "a refusal of its own",
      { kind: "answer", status: 400, message: "Bad id" },
      1,
      "It answered 400: Bad id",
    ],
  ])("is set aside after its tries, asked once more, and told in part: %s", async (...given) => {
    const [, fault, tries, reason] = given;
    world.api.fault = (_, path) => (path.endsWith("/pulls/2") ? fault : undefined);
    await world.start();
    expect(await world.complete()).toMatchObject({ state: "done", error: null });
    expect(asksFor("/pulls/2")).toHaveLength(tries + 1);
    expect(world.api.asked.at(-2)).toContain("/pulls/2");
    expect(await phaseOf("pull_requests")).toMatchObject({
      found: 4,
      aside: 0,
      leftOutCount: 1,
      leftOut: [{ item: "2", reason, told: true }],
    });
    expect(await pullRequest(2)).toMatchObject({
      merged_at: new Date("2026-11-04T12:00:00Z"),
      first_commit_at: null,
      first_review_at: null,
    });
    expect(await world.counts()).toEqual(everything);
  });

  it("is left out where its details alone say how it went", async () => {
    world.api.fault = (_, path) => (path.includes("/deployments/32/statuses") ? away : undefined);
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect(await phaseOf("deployments")).toMatchObject({
      found: 2,
      leftOutCount: 1,
      leftOut: [{ item: "32", reason: "It answered 502.", told: false }],
    });
    await settleAll(world.context);
    expect(await world.counts()).toEqual({ ...everything, deployments: 2 });
  });

  it("keeps the others waiting for some seconds, and says that it waits for the end", async () => {
    world.api.fault = (_, path) => (path.endsWith("/pulls/2") ? away : undefined);
    const begun = world.now;
    const { id } = await world.start();
    world.api.onAsk = async (_, path) => {
      if (path.includes("/releases")) await changeBackfill(world.context, id, { state: "paused" });
    };
    expect((await world.complete()).state).toBe("paused");
    expect(world.now - begun).toBeLessThan(60_000);
    expect(await phaseOf("pull_requests")).toMatchObject({ found: 3, aside: 1, leftOut: [] });
  });

  it("is whole where it comes at the end after all", async () => {
    world.api.fault = (_, path) =>
      path.endsWith("/pulls/2") && asksFor("/pulls/2").length <= 5 ? away : undefined;
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect(await phaseOf("pull_requests")).toMatchObject({ found: 4, fresh: 4, leftOutCount: 0 });
    expect(await pullRequest(2)).toMatchObject({
      first_commit_at: new Date("2026-11-03T09:00:00Z"),
      additions: 20,
    });
  });

  it("is asked for by the next backfill, which makes it whole", async () => {
    world.api.fault = (_, path) => (path.endsWith("/pulls/2") ? away : undefined);
    await world.start();
    await world.complete();
    await settleAll(world.context);
    await world.db.deleteFrom("backfills").execute();
    world.api.reset();
    await world.start();
    await world.complete();
    expect(await phaseOf("pull_requests")).toMatchObject({ found: 4, fresh: 1, leftOutCount: 0 });
    expect(await pullRequest(2)).toMatchObject({
      first_commit_at: new Date("2026-11-03T09:00:00Z"),
      first_review_at: new Date("2026-11-04T10:30:00Z"),
      merged_at: new Date("2026-11-04T12:00:00Z"),
      additions: 20,
    });
  });
});

describe("an API that is away as a whole", () => {
  it("is waited for at an item, and nothing is set aside for it", async () => {
    let from = Number.POSITIVE_INFINITY;
    world.api.fault = (question, path) => {
      if (path.endsWith("/pulls/2")) from = Math.min(from, question);
      return question >= from && question < from + 12 ? away : undefined;
    };
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect(await phaseOf("pull_requests")).toMatchObject({ found: 4, leftOutCount: 0 });
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
  });

  it("is waited for when what was set aside is asked for once more", async () => {
    let isOver = false;
    world.api.fault = (_, path) => {
      isOver ||= path.includes("/releases");
      const tried = asksFor("/pulls/2").length;
      if (path.endsWith("/pulls/2") && tried <= 5) return away;
      return isOver && tried > 5 && tried < 12 ? away : undefined;
    };
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect(await phaseOf("pull_requests")).toMatchObject({ found: 4, leftOutCount: 0 });
  });

  it("ends the waiting in words that say what would not come, and can be gone on with", async () => {
    world.api.fault = (_, path) => (path.includes("/pulls?") ? away : undefined);
    await world.start();
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: "The list of pull requests would not come. It answered 502. It was tried 21 times.",
    });
    world.api.fault = () => undefined;
    await changeBackfill(world.context, (await world.only()).id, { state: "running" });
    expect((await world.complete()).state).toBe("done");
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
  });
});
