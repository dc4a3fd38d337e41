import { describe, expect, it } from "vitest";
import type { Problem } from "@/lib/http/problem";
import { BodyBudget, type BodyHold } from "@/lib/ingest/body-budget";

const mebibyte = 1024 * 1024;
const overloaded = expect.objectContaining({ code: "overloaded" });

/** As many bodies of so many bytes as there is room for. */
function fill(open: (index: number) => BodyHold, bytes: number): BodyHold[] {
  const holds: BodyHold[] = [];
  for (let index = 0; index < 10_000; index += 1) {
    const hold = open(index);
    try {
      hold.take(bytes);
      holds.push(hold);
    } catch {
      hold.release();
      return holds;
    }
  }
  throw new Error("There was room for everything.");
}
const address = (index: number) => `9.${index >> 8}.${index & 255}.1`;

describe("256 MiB for bodies", () => {
  it("are never exceeded, and free again when their requests are answered", () => {
    const budget = new BodyBudget();
    const holds = fill(() => budget.openForProved(), 64 * 1024);
    expect(budget.held).toBe(256 * mebibyte);
    for (const hold of holds) hold.release();
    expect(budget.held).toBe(0);
  });

  it("of which large bodies leave 32 MiB to small ones, a stranger's too", () => {
    const budget = new BodyBudget();
    fill(() => budget.openForProved(), 24 * mebibyte);
    fill(() => budget.openForProved(), 2 * mebibyte);
    expect(budget.held).toBe(224 * mebibyte);
    const small = budget.openForStranger("9.9.9.9");
    small.take(mebibyte);
    expect(() => small.take(1)).toThrow(overloaded);
    expect(fill(() => budget.openForProved(), mebibyte)).toHaveLength(31);
  });

  it("of which strangers leave 64 MiB to whoever is proved, and large strangers 32 to small", () => {
    const budget = new BodyBudget();
    fill((index) => budget.openForStranger(address(index)), 20 * mebibyte);
    expect(budget.held).toBe(160 * mebibyte);
    fill((index) => budget.openForStranger(address(index)), mebibyte);
    expect(budget.held).toBe(192 * mebibyte);
    expect(fill(() => budget.openForProved(), 16 * mebibyte)).toHaveLength(4);
  });

  it("of which an address or a network of one has 64 MiB for what it has not proved", () => {
    const budget = new BodyBudget();
    const one = fill((index) => budget.openForStranger(`2001:db8:0:1::${index + 1}`), mebibyte);
    expect(one).toHaveLength(64);
    budget.openForStranger("2001:db8:0:2::1").take(24 * mebibyte);
    one[0]?.prove();
    budget.openForStranger("2001:db8:0:1::1").take(mebibyte);
    for (const hold of one) hold.release();
    expect(budget.held).toBe(25 * mebibyte);
  });

  it("have no share of an address for this machine, where all come from one that is a proxy", () => {
    const budget = new BodyBudget();
    expect(fill(() => budget.openForStranger("127.0.0.1"), 16 * mebibyte)).toHaveLength(10);
  });

  it("say which part of them is full, and how large it is", () => {
    const budget = new BodyBudget();
    const refusalOf = (hold: BodyHold, bytes: number) => {
      try {
        hold.take(bytes);
      } catch (error) {
        const { message, details } = error as Problem;
        return [message, details.limit];
      }
    };
    expect(refusalOf(budget.openForStranger("9.9.9.9"), 65 * mebibyte)).toEqual([
      "Bodies of one address whose senders are not proved yet under way hold 64 MiB at most; that is full just now.",
      64 * mebibyte,
    ]);
    expect(refusalOf(budget.openForProved(), 257 * mebibyte)).toEqual([
      "Bodies under way hold 256 MiB at most; that is full just now.",
      256 * mebibyte,
    ]);
  });

  it("keep what a body has when it asks for more than there is", () => {
    const budget = new BodyBudget();
    const hold = budget.openForStranger("9.9.9.9");
    hold.take(20 * mebibyte);
    expect(() => hold.take(45 * mebibyte)).toThrow(overloaded);
    expect(budget.held).toBe(20 * mebibyte);
    hold.release();
    hold.release();
    expect(budget.held).toBe(0);
  });
});
