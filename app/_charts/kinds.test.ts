import { expect, test } from "vitest";
import { deploymentKinds, releaseSubjects } from "@/lib/facts/types";
import { kindKeys, kindOf, kinds, kindsByWeight } from "./kinds";

const deployment = { kind: "deployment" as const, failed: null };

test("every class that the API names has its own look", () => {
  for (const name of deploymentKinds) {
    expect(kindOf({ ...deployment, class: name })).toBe(name);
  }
  for (const name of releaseSubjects) {
    expect(kindOf({ kind: "release", class: name, failed: null })).toBe(name);
  }
  expect(kindOf({ kind: "incident", class: null, failed: null })).toBe("incident");
});

test("a deployment without a class is unfinished, and failed when it failed", () => {
  expect(kindOf({ ...deployment, class: null })).toBe("unfinished");
  expect(kindOf({ ...deployment, class: null, failed: true })).toBe("failed");
  expect(kindOf({ ...deployment, class: "constructor" })).toBe("unfinished");
});

test("failure shows on a deployment, and never hides that something was a remedy", () => {
  expect(kindOf({ ...deployment, class: "deploy", failed: true })).toBe("failed");
  expect(kindOf({ ...deployment, class: "rollback", failed: true })).toBe("rollback");
  expect(kindOf({ ...deployment, class: "fix_forward", failed: true })).toBe("fix_forward");
});

test("kinds are told apart without colour: no two share a symbol, and in a colour no two share a stroke", () => {
  const all = Object.values(kinds);
  expect(new Set(all.map((kind) => kind.glyph)).size).toBe(all.length);
  expect(new Set(all.map((kind) => `${kind.colour} ${kind.dash}`)).size).toBe(all.length);
});

test("every kind has its weight", () => {
  expect([...kindsByWeight].sort()).toEqual([...kindKeys].sort());
});
