import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { BackfillWorld, everything } from "@/lib/backfill/testing";
import { settleAll } from "@/lib/projection/testing";

const world = new BackfillWorld();

describe("a process that ends", () => {
  it("between questions leaves what it has, for another to go on with at once", async () => {
    const ending = new AbortController();
    world.api.onAsk = (question) => {
      if (question === 9) ending.abort();
    };
    await world.start();
    await world.turn("one", ending.signal);
    expect(await world.only()).toMatchObject({ state: "running", lease_holder: null, error: null });
    await world.turn("two");
    expect((await world.only()).state).toBe("done");
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
  });

  it("by kill -9 is taken over when its lease runs out, with nothing lost", async () => {
    world.now = Date.now();
    await world.start();
    const killed = new Promise<void>((resolve) => {
      const child = spawn(
        process.execPath,
        ["--import", "tsx", "lib/backfill/testing-child.ts", world.database.url],
        { stdio: "ignore" },
      );
      world.api.onAsk = (question) => {
        if (question === 12) child.kill("SIGKILL");
        return question === 12 ? new Promise(() => undefined) : undefined;
      };
      child.once("exit", () => resolve());
    });
    await killed;
    world.api.onAsk = () => undefined;
    const { progress, lease_holder } = await world.only();
    expect(progress.phase).toBeGreaterThan(0);
    expect(lease_holder).not.toBeNull();
    expect(await world.turn("two")).toBe(false);
    world.now = Date.now() + 120_000;
    expect((await world.complete()).state).toBe("done");
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
  });

  it("whose lease was taken over writes nothing more", async () => {
    await world.start();
    world.api.onAsk = async (question) => {
      if (question !== 5) return;
      await world.db.updateTable("backfills").set({ lease_holder: "two" }).execute();
    };
    await world.turn("one");
    const { lease_holder, progress } = await world.only();
    const before = progress.tallies.commits;
    expect(lease_holder).toBe("two");
    await world.turn("one");
    expect((await world.only()).progress.tallies.commits).toEqual(before);
  });

  it("is not missed by two at once: each takes what nobody is at", async () => {
    await world.start();
    const took = await Promise.all(["one", "two", "three"].map((holder) => world.turn(holder)));
    expect(took.filter(Boolean)).toHaveLength(1);
    expect((await world.only()).state).toBe("done");
  });
});
