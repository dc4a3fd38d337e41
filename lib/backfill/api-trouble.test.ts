import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { BackfillWorld, everything } from "@/lib/backfill/testing";
import type { Fault } from "@/lib/backfill/testing-api";
import { faults } from "@/lib/backfill/testing-laws";
import { repository } from "@/lib/backfill/testing-shop";
import { digest } from "@/lib/facts/digest";
import { forgetEverything, settleAll } from "@/lib/projection/testing";

const world = new BackfillWorld();

const ofGithub: Record<string, Fault> = {
  ...faults,
  "403 of a secondary limit": {
    kind: "answer",
    status: 403,
    message: "You have exceeded a secondary rate limit.",
  },
};

describe("when GitHub is in trouble", () => {
  it.each(Object.entries(ofGithub))(
    "%s is waited for, and nothing is lost or doubled",
    async (_, fault) => {
      await world.start();
      await world.complete();
      const before = (await world.deliveries()).length;
      await settleAll(world.context);
      const live = await digest(world.db);
      const questions = world.api.asked.length;

      await forgetEverything(world.db);
      await world.db.deleteFrom("backfills").execute();
      world.api.reset();
      world.api.fault = (question) => (question % 7 === 3 ? fault : undefined);
      await world.start();
      expect((await world.complete()).state).toBe("done");
      expect(world.api.asked.length).toBeGreaterThan(questions);
      expect((await world.deliveries()).length).toBe(before);
      await settleAll(world.context);
      expect(await digest(world.db)).toBe(live);
    },
  );

  it("waits as long as it is told, and says so", async () => {
    world.api.fault = (question) => (question === 2 ? faults["429 with retry-after"] : undefined);
    await world.start();
    await world.turn();
    expect(await world.only()).toMatchObject({
      state: "running",
      next_at: new Date(world.now + 7_000),
    });
    expect((await listBackfills(world.context, { limit: 10 })).items[0]).toMatchObject({
      state: "running",
      waitsUntil: new Date(world.now + 7_000).toISOString(),
      error: "Its limit of questions is reached.",
    });
    expect(await world.turn()).toBe(false);
    world.now += 7_000;
    expect(await world.turn()).toBe(true);
  });

  it.each([429, 503])(
    "is not asked again at once by a %i whose Retry-After is 0",
    async (status) => {
      world.api.fault = (question) =>
        question > 1 ? { kind: "answer", status, headers: { "retry-after": "0" } } : undefined;
      await world.start();
      const pauses: number[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        await world.turn();
        const until = (await world.only()).next_at?.getTime() ?? 0;
        pauses.push(until - world.now);
        world.now = until;
      }
      expect(pauses).toEqual([1_000, 2_000, 4_000]);
    },
  );

  it("is asked again when it is back, where it says how long it is away", async () => {
    world.api.fault = (question) =>
      question === 2
        ? { kind: "answer", status: 503, headers: { "retry-after": "40" } }
        : undefined;
    await world.start();
    await world.turn();
    expect((await world.only()).next_at).toEqual(new Date(world.now + 40_000));
  });

  it("asks no more once an answer used up the limit, until it is reset", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + 90),
      });
      response.end(JSON.stringify({ full_name: repository, default_branch: "main" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await world.start({ api: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    await world.turn();
    server.close();
    const { next_at, progress } = await world.only();
    expect(progress.found).toEqual({ subject: repository, details: { branch: "main" } });
    const waits = (next_at?.getTime() ?? 0) - world.now;
    expect(waits).toBeGreaterThan(80_000);
    expect(waits).toBeLessThan(100_000);
  });

  it("gives up after many tries in a row, in words, and goes on when asked to", async () => {
    world.api.fault = () => ({ kind: "answer", status: 500 });
    await world.start();
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: "It answered 500. It was tried 21 times.",
    });
    world.api.fault = () => undefined;
    await changeBackfill(world.context, (await world.only()).id, { state: "running" });
    expect((await world.complete()).state).toBe("done");
  });

  it("leaves out what the token may not see, in words, and fetches the rest", async () => {
    world.api.fault = (_, path) =>
      path.includes("/actions/")
        ? {
            kind: "answer",
            status: 403,
            message: "Resource not accessible by personal access token",
          }
        : undefined;
    await world.start();
    expect((await world.complete()).state).toBe("done");
    const [{ phases = [] } = {}] = (await listBackfills(world.context, { limit: 1 })).items;
    expect(phases.find((phase) => phase.name === "workflow_runs")).toMatchObject({
      state: "skipped",
      problem: "It answered 403: Resource not accessible by personal access token",
    });
    await settleAll(world.context);
    expect(await world.counts()).toEqual({ ...everything, builds: 0 });
  });

  it.each([
    [401, "It does not take this token (401)."],
    [404, "It knows nothing of this name, or this token may not see it (404)."],
  ])("%i needs a person: %s", async (status, error) => {
    world.api.fault = () => ({ kind: "answer", status });
    await world.start();
    expect(await world.complete()).toMatchObject({ state: "failed", error });
    world.api.fault = () => undefined;
    await changeBackfill(world.context, (await world.only()).id, {
      state: "running",
      token: "another-token",
    });
    expect((await world.complete()).state).toBe("done");
    expect(world.api.tokens).toContain("Bearer another-token");
  });
});
