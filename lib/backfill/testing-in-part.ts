import fc from "fast-check";
import { expect, it } from "vitest";
import type { BackfillWorld } from "@/lib/backfill/testing";
import { digest } from "@/lib/facts/digest";
import { deliver, forgetEverything, type Posted, settleAll } from "@/lib/projection/testing";

/** Where the details are asked for of what can be told without them. */
const details = /\/(pulls|merge_requests|pull-?requests)\/\d+|\/wfapi\/|\/git\/ref\//;

/**
 * What was told without its details takes nothing away from the whole, in whichever order
 * they and the webhooks of the same history come.
 */
export function holdsInPartLaw(world: BackfillWorld, webhooks: readonly Posted[]): void {
  it("told in part, before the whole or behind it, leaves one digest and all that the whole says", async () => {
    world.api.fault = (_, path) =>
      details.test(path) ? { kind: "answer", status: 400 } : undefined;
    const inPart = await fetched(world);
    const { progress } = await world.only();
    const tallies = Object.values(progress.tallies);
    expect(tallies.flatMap(({ leftOut = [] }) => leftOut).some(({ told }) => told)).toBe(true);
    world.api.reset();
    await forgetEverything(world.db);
    const whole = await fetched(world);
    await deliver(world.db, [...webhooks]);
    await settleAll(world.context);
    const said = await digest(world.db);
    const all = [...webhooks, ...inPart, ...whole];
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        async (shuffled) => {
          await forgetEverything(world.db);
          await deliver(world.db, shuffled);
          await settleAll(world.context);
          expect(await digest(world.db)).toBe(said);
        },
      ),
      { numRuns: 4 },
    );
  }, 120_000);
}

async function fetched(world: BackfillWorld): Promise<Posted[]> {
  await world.db.deleteFrom("backfills").execute();
  await world.start();
  await world.complete();
  return (await world.deliveries()).map(({ source, provider, headers, body, received_at }) => ({
    ...{ source, provider, headers, body: body.toString(), receivedAt: received_at },
  }));
}
