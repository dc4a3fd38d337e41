import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configurationOf } from "@/scripts/demo/configuration";
import { readOptions } from "@/scripts/demo/options";
import { worldOf } from "@/scripts/demo/world";

const present = Date.parse("2026-11-21T14:00:00.250Z");

describe("the command line", () => {
  it("has a default for everything, and whole seconds", () => {
    expect(readOptions([], {}, present)).toMatchObject({
      url: "http://127.0.0.1:3000",
      days: 90,
      services: 14,
      metrics: true,
      now: present - 250,
    });
  });

  it("takes the token from the environment unless one is said", () => {
    expect(readOptions([], { PUSHLINE_TOKEN: "a" }, present).token).toBe("a");
    expect(readOptions(["--token", "b"], { PUSHLINE_TOKEN: "a" }, present).token).toBe("b");
  });

  it("leaves metrics out when asked to, and always with --fast", () => {
    expect(readOptions(["--no-metrics"], {}, present).metrics).toBe(false);
    expect(readOptions(["--fast"], {}, present).metrics).toBe(false);
  });

  it.each([
    [["--days", "none"], /--days none: expected a number from 1 to 730/],
    [["--now", "soon"], /--now soon: expected a time/],
    [["--url", "localhost"], /--url localhost: expected an address/],
    [["--speed", "9"], /npm run demo -- \[options\]/],
    [["--open", "--url", "http://192.0.2.1:3000"], /only ever on 127.0.0.1/],
    [["--live", "--now", "2020-01-01T00:00:00Z"], /leave --now out/],
  ])("refuses %j in words", (argv, message) => {
    expect(() => readOptions(argv, {}, present)).toThrow(message);
  });
});

describe("the demo's pushline.yaml", () => {
  it("is the one that world.ts makes", () => {
    const file = readFileSync(new URL("./pushline.yaml", import.meta.url), "utf8");
    expect(file).toBe(configurationOf(worldOf()));
  });

  it("describes services whose dependencies and teams exist, two of them in one repository", () => {
    const world = worldOf();
    const names = new Set(world.services.map(({ name }) => name));
    for (const { dependsOn, team } of world.services) {
      for (const other of dependsOn) expect(names).toContain(other);
      expect(world.teams.map(({ name }) => name)).toContain(team);
    }
    const shared = world.services.filter(({ folder }) => folder !== null);
    expect(new Set(shared.map(({ repository }) => repository)).size).toBe(1);
    expect(shared.length).toBe(2);
  });

  it("adds plain services beyond the shop's own", () => {
    const world = worldOf(40);
    expect(new Set(world.services.map(({ name }) => name)).size).toBe(40);
    expect(
      worldOf(3).services.every(({ dependsOn }) =>
        dependsOn.every((name) => ["checkout", "web", "bff"].includes(name)),
      ),
    ).toBe(true);
  });
});
