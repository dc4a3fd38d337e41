import { describe, expect, it } from "vitest";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { BackfillWorld } from "@/lib/backfill/testing";
import { testSource } from "@/lib/http/server/testing";

const world = new BackfillWorld();

describe("a person", () => {
  it("pauses it between steps, and goes on with it", async () => {
    const { id } = await world.start();
    world.api.onAsk = async (question) => {
      if (question === 6) await changeBackfill(world.context, id, { state: "paused" });
    };
    await world.turn();
    const questions = world.api.asked.length;
    expect(await world.only()).toMatchObject({ state: "paused", lease_holder: null });
    expect(await world.turn()).toBe(false);
    world.api.onAsk = () => undefined;
    await changeBackfill(world.context, id, { state: "running" });
    expect((await world.complete()).state).toBe("done");
    expect(world.api.asked.length).toBeGreaterThan(questions);
  });

  it("stops it for good: it forgets its token, and another may be begun", async () => {
    const { id } = await world.start();
    await expect(world.start()).rejects.toMatchObject({ code: "conflict" });
    await changeBackfill(world.context, id, { state: "stopped" });
    expect(await world.only()).toMatchObject({ state: "stopped", sealed_token: null });
    await expect(changeBackfill(world.context, id, { state: "running" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await world.turn()).toBe(false);
    expect((await world.start()).state).toBe("running");
    const actions = await world.db
      .selectFrom("audit")
      .select("action")
      .orderBy("id", "desc")
      .limit(3)
      .execute();
    expect(actions.map(({ action }) => action)).toEqual([
      "backfill.started",
      "backfill.stopped",
      "backfill.started",
    ]);
  });

  it("is told which source to name, and which address cannot be an API's", async () => {
    const refused = { code: "invalid_field" };
    await expect(world.start({ source: "nobody" })).rejects.toMatchObject(refused);
    await expect(world.start({ api: "http://169.254.169.254" })).rejects.toMatchObject(refused);
    await expect(world.start({ api: "http://ana:hunter2@127.0.0.1" })).rejects.toMatchObject(
      refused,
    );
    await world.configure({ sources: [] });
    await expect(world.start()).rejects.toThrow("No source whose history can be fetched is set up");
    await world.configure({ sources: ["a", "b"].map((name) => testSource({ name })) });
    await expect(world.start()).rejects.toThrow("several sources");
    expect((await world.start({ source: "b" })).source).toBe("b");
  });
});
