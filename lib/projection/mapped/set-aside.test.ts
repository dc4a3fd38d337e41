import { describe, expect, it } from "vitest";
import { createSetAside } from "@/lib/projection/mapped/set-aside";

const minute = 60_000;

describe("a delivery whose reading did not end", () => {
  it("is set aside for a minute, then twice as long each time, up to an hour", () => {
    const aside = createSetAside();
    let now = 0;
    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      aside.note("train", 1, false, now);
      expect(aside.deliveries(now + minutes * minute - 1)).toEqual([1]);
      expect(aside.deliveries(now + minutes * minute)).toEqual([]);
      now += minutes * minute;
    }
    aside.note("train", 1, true, now);
    aside.note("train", 1, false, now);
    expect(aside.deliveries(now + minute)).toEqual([]);
  });

  it("holds up no other of its source, until three in a row did not end", () => {
    const aside = createSetAside();
    for (const id of [1, 2]) aside.note("train", id, false, 0);
    aside.note("train", 3, true, 0);
    for (const id of [4, 5]) aside.note("train", id, false, 0);
    expect(aside.isResting("train", 0)).toBe(false);
    aside.note("train", 6, false, 0);
    expect(aside.isResting("train", minute - 1)).toBe(true);
    expect(aside.restingSources(0)).toEqual(["train"]);
    expect(aside.isResting("other", 0)).toBe(false);
    expect(aside.isResting("train", minute)).toBe(false);
    aside.note("train", 7, false, minute);
    expect(aside.isResting("train", 3 * minute - 1)).toBe(true);
  });

  it("has another chance with another mapping", () => {
    const aside = createSetAside();
    aside.follow("train", "[1]");
    for (const id of [1, 2, 3]) aside.note("train", id, false, 0);
    aside.note("other", 4, false, 0);
    aside.follow("train", "[1]");
    expect(aside.isResting("train", 0)).toBe(true);
    aside.follow("train", "[2]");
    expect(aside.isResting("train", 0)).toBe(false);
    expect(aside.deliveries(0)).toEqual([4]);
  });
});
