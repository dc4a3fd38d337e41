import { describe, expect, it } from "vitest";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { refusePlainAddress } from "@/lib/backfill/plain-address";
import { BackfillWorld } from "@/lib/backfill/testing";
import { TestApi } from "@/lib/backfill/testing-api";
import { testGithub } from "@/lib/backfill/testing-github";

const world = new BackfillWorld();

describe("its token", () => {
  it("goes to the API alone: no redirect and no page elsewhere is followed", async () => {
    const elsewhere = await TestApi.start(testGithub);
    try {
      world.api.fault = () => ({ kind: "redirect", to: elsewhere.api });
      await world.start();
      expect(await world.complete()).toMatchObject({
        state: "failed",
        error: expect.stringContaining("none is followed"),
      });
      world.api.fault = () => undefined;
      world.api.linksTo = elsewhere.api;
      await changeBackfill(world.context, (await world.only()).id, { state: "running" });
      const { progress } = await world.complete();
      expect(progress.tallies.commits?.problem).toContain("at another address");
      expect(elsewhere.asked).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });

  it("is in no answer, row, delivery or audit in plain", async () => {
    await world.start();
    world.api.fault = (question) => (question === 4 ? { kind: "answer", status: 500 } : undefined);
    await world.turn();
    expect(world.api.tokens).toEqual(new Set(["Bearer a-secret-token"]));
    const kept = JSON.stringify([
      await world.only(),
      (await world.deliveries()).map(({ body, headers }) => [body.toString(), headers]),
      await world.db.selectFrom("audit").selectAll().execute(),
      await listBackfills(world.context, { limit: 10 }),
    ]);
    expect(kept).not.toContain("a-secret-token");
    expect(kept).toContain("sealed_token");
  });

  it("that cannot be opened keeps no other backfill waiting, and is told of", async () => {
    await world.start();
    await world.db
      .updateTable("backfills")
      .set({ sealed_token: Buffer.alloc(64) })
      .execute();
    await world.turn();
    const { state, next_at, lease_holder, error } = await world.only();
    expect({ state, lease_holder }).toEqual({ state: "running", lease_holder: null });
    expect(next_at?.getTime()).toBeGreaterThan(world.now);
    expect(error).toContain("the log has the details");
  });

  it.each(["http://203.0.113.7/api", "http://[2001:db8::7]", "http://8.8.8.8:8080"])(
    "does not go over plain http outside of one's own network: %s",
    async (api) => {
      await expect(world.start({ api })).rejects.toMatchObject({
        code: "invalid_field",
        details: { field: "api", expected: "an address that begins with https://" },
      });
      const { id } = await world.start({ api, token: null });
      await expect(
        changeBackfill(world.context, id, { state: "running", token: "a-secret-token" }),
      ).rejects.toMatchObject({ code: "invalid_field" });
      expect((await world.only()).sealed_token).toBeNull();
    },
  );

  it("goes over plain http to loopback, private addresses and names of them", async () => {
    const to = (address: string) => async () => [{ address, family: 4 }];
    await refusePlainAddress("http://alertmanager:9093", to("10.0.0.7"));
    await refusePlainAddress("http://127.0.0.1:9093");
    await refusePlainAddress("https://203.0.113.7");
    const outside = refusePlainAddress("http://ci.example.com", to("203.0.113.7"));
    await expect(outside).rejects.toMatchObject({ code: "invalid_field" });
    await refusePlainAddress("http://nowhere.example.com", () => Promise.reject(new Error("none")));
  });
});
