import { describe, expect, it } from "vitest";
import { pageByName } from "@/lib/http/cursor";

const named = (...names: string[]) => names.map((name) => ({ name }));

describe("a list paged by name", () => {
  it("is whole and in order where no limit is asked for", () => {
    expect(pageByName(named("web", "api"), {})).toEqual({
      items: named("api", "web"),
      nextCursor: null,
    });
  });

  it("repeats and misses nothing while names come and go", () => {
    const first = pageByName(named("api", "ledger", "web"), { limit: 2 });
    expect(first.items).toEqual(named("api", "ledger"));
    const cursor = first.nextCursor ?? "";
    expect(pageByName(named("aaa", "api", "search", "web"), { limit: 2, cursor })).toEqual({
      items: named("search", "web"),
      nextCursor: null,
    });
  });

  it("refuses a cursor of another list", () => {
    expect(() => pageByName(named("api"), { cursor: "bad" })).toThrow(
      expect.objectContaining({ code: "invalid_cursor" }),
    );
  });
});
