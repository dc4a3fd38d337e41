import { describe, expect, it } from "vitest";
import { KnownHistories } from "./known-histories";

/** Histories of so many commits each, by repository, and the order in which they were prepared. */
function prepared(sizes: Record<string, number>, commitsAtMost?: number) {
  const order: string[] = [];
  const histories = new KnownHistories(commitsAtMost, async (repository, known) => {
    order.push(repository);
    await Promise.resolve();
    for (let commit = 0; commit < (sizes[repository] ?? 0); commit += 1)
      known.parents.set(`${commit}`, []);
  });
  return { histories, order };
}

describe("known histories", () => {
  it("are prepared once, however many ask at the same time", async () => {
    const { histories, order } = prepared({ shop: 3 });
    const [one, other] = await Promise.all([histories.of("shop"), histories.of("shop")]);
    expect(order).toEqual(["shop"]);
    expect(other).toBe(one);
    expect(other.parents.size).toBe(3);
  });

  it("forget those that were used longest ago, where they are too many", async () => {
    const { histories, order } = prepared({ shop: 4, till: 4, blog: 4 }, 10);
    for (const repository of ["shop", "till", "shop", "blog", "shop", "till"])
      await histories.of(repository);
    expect(order).toEqual(["shop", "till", "blog", "till"]);
  });

  it("keep none that is too large by itself, and the others all the same", async () => {
    const { histories, order } = prepared({ vast: 11, shop: 4 }, 10);
    for (const repository of ["shop", "vast", "vast", "shop"]) await histories.of(repository);
    expect(order).toEqual(["shop", "vast", "vast"]);
  });

  it("let one read at a time, and the next one even where that fails", async () => {
    const known = await new KnownHistories().of("shop");
    const order: string[] = [];
    const read = (name: string) => async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      if (name === "one") throw new Error("no answer");
    };
    const turns = await Promise.allSettled([known.inTurn(read("one")), known.inTurn(read("two"))]);
    expect(order).toEqual(["one begins", "one ends", "two begins", "two ends"]);
    expect(turns.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
  });
});
