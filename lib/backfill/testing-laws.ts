import fc from "fast-check";
import { expect, it } from "vitest";
import type { BackfillWorld } from "@/lib/backfill/testing";
import type { Fault } from "@/lib/backfill/testing-api";
import { digest } from "@/lib/facts/digest";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { deliver, forgetEverything, type Posted, settleAll } from "@/lib/projection/testing";

/** What every API does to whoever asks it for long. */
export const faults: Record<string, Fault> = {
  "429 with retry-after": { kind: "answer", status: 429, headers: { "retry-after": "7" } },
  "429 with seconds until the limit is reset": {
    kind: "answer",
    status: 429,
    headers: { "ratelimit-remaining": "0", "ratelimit-reset": "9" },
  },
  "403 with the limit used up": {
    kind: "answer",
    status: 403,
    headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800" },
  },
  "502": { kind: "answer", status: 502 },
  "a connection cut inside of a body": { kind: "cut" },
};

/**
 * The laws of a backfill from any provider's API: what comes of it is `facts`, in any
 * order with the webhooks of the same history, again, through trouble, and rebuilt.
 */
export function holdsBackfillLaws(
  world: BackfillWorld,
  webhooks: readonly Posted[],
  facts: Partial<Awaited<ReturnType<BackfillWorld["counts"]>>>,
): void {
  it("brings everything; a rebuild agrees", async () => {
    await world.start();
    expect(await world.complete()).toMatchObject({ state: "done", error: null });
    const { progress } = await world.only();
    expect(Object.values(progress.tallies).map(({ problem }) => problem)).not.toContainEqual(
      expect.anything(),
    );
    await settleAll(world.context);
    expect((await world.deliveries()).filter(({ outcome }) => outcome === "failed")).toEqual([]);
    expect(await world.counts()).toMatchObject(facts);
    const live = await digest(world.db);
    const { config, clock } = world.context;
    const rebuilt = await rebuild({ url: world.database.url, config, clock, log: () => undefined });
    expect(rebuilt.after).toBe(live);
  });

  it("again delivers nothing anew", async () => {
    await world.start();
    await world.complete();
    const before = (await world.deliveries()).length;
    await world.db.deleteFrom("backfills").execute();
    await world.start();
    await world.complete();
    expect((await world.deliveries()).length).toBe(before);
  });

  it("loses and doubles nothing through limits, 5xx and cut connections", async () => {
    await world.start();
    await world.complete();
    const before = (await world.deliveries()).length;
    await forgetEverything(world.db);
    await world.db.deleteFrom("backfills").execute();
    world.api.reset();
    const kinds = Object.values(faults);
    // An item may take several questions: enough of them in a row are answered.
    world.api.fault = (question) =>
      question % 5 === 1 ? kinds[((question - 1) / 5) % kinds.length] : undefined;
    await world.start();
    expect((await world.complete()).state).toBe("done");
    expect((await world.deliveries()).length).toBe(before);
  });

  it("beside webhooks that arrive meanwhile leaves one digest in any order", async () => {
    await world.start();
    await world.complete();
    const asked = (await world.deliveries()).map(
      ({ source, provider, headers, body, received_at }) => ({
        source,
        provider,
        headers,
        body: body.toString(),
        receivedAt: received_at,
      }),
    );
    await forgetEverything(world.db);
    await deliver(world.db, [...webhooks]);
    await deliver(world.db, asked);
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject(facts);
    const live = await digest(world.db);
    const all = [...webhooks, ...asked];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.integer({ min: 1, max: all.length }),
        async (shuffled, cut) => {
          await forgetEverything(world.db);
          for (const part of [shuffled.slice(0, cut), shuffled.slice(cut)]) {
            await deliver(world.db, part);
            await settleAll(world.context);
          }
          expect(await digest(world.db)).toBe(live);
        },
      ),
      { numRuns: 4 },
    );
  }, 120_000);
}
