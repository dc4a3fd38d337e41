import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BackfillWorld, everything } from "@/lib/backfill/testing";
import { webhooks } from "@/lib/backfill/testing-webhooks";
import { digest } from "@/lib/facts/digest";
import { deliver, forgetEverything, settleAll } from "@/lib/projection/testing";

const world = new BackfillWorld();

describe("beside webhooks that arrive meanwhile", () => {
  it("leaves one digest in any order, doubles nothing and undoes nothing", async () => {
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
    await deliver(world.db, webhooks);
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
    const told = await values();
    await deliver(world.db, asked);
    await settleAll(world.context);
    expect(await world.counts()).toEqual(everything);
    const both = await values();
    expect(both).toEqual(told);
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
      { numRuns: 6 },
    );
  }, 120_000);

  /** What webhooks alone told; the API adds to it (parents, first commits), and takes nothing away. */
  async function values() {
    const { db } = world;
    return {
      builds: await db
        .selectFrom("builds")
        .select(["id", "status", "name", "started_at", "finished_at", "stages"])
        .orderBy("id")
        .execute(),
      deployments: await db
        .selectFrom("deployments")
        .select(["id", "status", "started_at", "finished_at", "author", "service", "kind"])
        .orderBy("id")
        .execute(),
      sizes: await db
        .selectFrom("pull_requests")
        .select(["id", "additions", "deletions", "merged_at", "merge_revision", "first_review_at"])
        .orderBy("id")
        .execute(),
      paths: await db.selectFrom("commits").select(["id", "paths"]).orderBy("id").execute(),
    };
  }
});
