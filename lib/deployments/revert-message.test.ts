import { expect, test } from "vitest";
import { readRevert } from "./revert-message";

const read = (message: string, known: Record<string, string> = {}) =>
  readRevert(message, (revision) => known[revision] ?? null);

test("reads the commit, the title and the pull request that a revert names", () => {
  expect(read('Revert "Add tax"\n\nThis reverts commit abcdef1234.')).toEqual({
    revisions: ["abcdef1234"],
    title: "Add tax",
    pullRequest: null,
  });
  expect(read('Revert "Add tax (#7)" (#9)\n\nReverts acme/shop#7')).toEqual({
    revisions: [],
    title: "Add tax",
    pullRequest: 7,
  });
  expect(read("Take the tax back\n\nThis reverts merge request acme/shop!12")?.pullRequest).toBe(
    12,
  );
  expect(
    read("Undo both\n\nThis reverts commit aaaaaaa1.\nThis reverts commit bbbbbbb2.")?.revisions,
  ).toEqual(["aaaaaaa1", "bbbbbbb2"]);
});

test("a plain message is no revert", () => {
  expect(read("Revert to the old layout when narrow")).toBeNull();
  expect(read("Add tax")).toBeNull();
  expect(readRevert(null, () => null)).toBeNull();
});

test("reverts of reverts are not reverts of the original", () => {
  expect(read('Revert "Revert "Add tax""\n\nThis reverts commit abcdef1.')).toBeNull();
  expect(read('Reapply "Add tax"\n\nThis reverts commit abcdef1.')).toBeNull();
  const known = { abcdef1: 'Revert "Add tax"\n\nThis reverts commit 1234567.' };
  expect(read("Tax again\n\nThis reverts commit abcdef1.", known)).toBeNull();
  expect(read('Revert "Reapply "Add tax""')).toMatchObject({ title: 'Reapply "Add tax"' });
});

test("commits that revert each other in a ring end", () => {
  const known = {
    aaaaaaa: "x\n\nThis reverts commit bbbbbbb.",
    bbbbbbb: "y\n\nThis reverts commit aaaaaaa.",
  };
  expect(() => read(known.aaaaaaa, known)).not.toThrow();
});
