import { describe, expect, it } from "vitest";
import { Agenda, type Story } from "@/scripts/demo/agenda";
import { sharesAt } from "@/scripts/demo/traffic";

describe("the agenda", () => {
  it("interleaves stories by their moments, equal ones as they were asked", () => {
    const agenda = new Agenda(0);
    const told: string[] = [];
    function* story(name: string, moments: number[]): Story {
      for (const at of moments) {
        told.push(`${name}${agenda.now}`);
        yield at;
      }
      told.push(`${name}${agenda.now}`);
    }
    agenda.start(story("a", [5, 9]));
    agenda.start(story("b", [3, 9, 1]));
    agenda.advance(100);
    expect(told).toEqual(["a0", "b0", "b3", "a5", "b9", "a9", "b9"]);
  });

  it("stops at the end asked for and goes on from there", () => {
    const agenda = new Agenda(0);
    let done = false;
    agenda.start(
      (function* (): Story {
        yield 10;
        done = true;
      })(),
    );
    agenda.advance(9);
    expect([done, agenda.now]).toEqual([false, 9]);
    agenda.advance(10);
    expect(done).toBe(true);
  });

  it("keeps the order over thousands of moments", () => {
    const agenda = new Agenda(0);
    const seen: number[] = [];
    for (let index = 0; index < 5000; index++)
      agenda.start(
        (function* (): Story {
          seen.push(agenda.now);
          yield agenda.now;
        })(),
        (index * 7919) % 5000,
      );
    agenda.advance(5000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBe(5000);
  });
});

describe("shares of the traffic", () => {
  const changes = [
    { at: 0, version: "1", percent: 100 },
    { at: 10, version: "2", percent: 25 },
    { at: 20, version: "2", percent: 0 },
    { at: 30, version: "3", percent: 50 },
    { at: 40, version: "3", percent: 100 },
  ];
  it.each([
    [5, { "1": 1 }],
    [12, { "1": 0.75, "2": 0.25 }],
    [25, { "1": 1 }],
    [35, { "1": 0.5, "3": 0.5 }],
    [45, { "3": 1 }],
  ])("at %i", (at, expected) => {
    expect(
      Object.fromEntries(sharesAt(changes, at).map(({ version, share }) => [version, share])),
    ).toEqual(expected);
  });
  it("are none before anything runs", () => expect(sharesAt(changes, -1)).toEqual([]));
});
