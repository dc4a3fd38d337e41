import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MainBuild, mainBreaks } from "@/lib/slo/main-breaks";
import { mendedBy } from "@/lib/slo/mended-by";

/** `"ci!b"`: the workflow ci failed on revision b; minutes are their places. */
function builds(...written: string[]): MainBuild[] {
  return written.map((text, index) => {
    const [, name = "", failed, revision = ""] =
      /^(\w+)(!?)@?(\w+)$/.exec(text.replace("!", "!@")) ?? [];
    return { id: `${index}`, name, revision, failed: failed === "!", at: new Date(index * 60_000) };
  });
}
const red = (found: ReturnType<typeof mainBreaks>) =>
  found.map(({ id, mended }) => [Number(id), mended === null ? null : Number(mended.build)]);

describe("a main branch", () => {
  it("is red from the first failed build until every workflow is green again", () => {
    const found = mainBreaks(builds("ci@a", "ci!b", "lint!b", "ci@c", "lint@c", "ci@d"), null);
    expect(red(found)).toEqual([[1, 4]]);
    expect(found[0]).toMatchObject({
      revision: "b",
      greenRevision: "a",
      mended: { revision: "c" },
    });
  });

  it("stays red while nothing passes, and was green before anything was built", () => {
    expect(red(mainBreaks(builds("ci!a", "ci!b"), null))).toEqual([[0, null]]);
    expect(mainBreaks(builds("ci!a"), "z")[0]?.greenRevision).toBe("z");
    expect(mainBreaks([], null)).toEqual([]);
  });

  it("is not mended by another workflow's success", () => {
    expect(red(mainBreaks(builds("ci!a", "deploy@a", "ci@b", "ci!c"), null))).toEqual([
      [0, 2],
      [3, null],
    ]);
  });

  it("is found from any green moment as from the beginning", () => {
    const line = fc.array(
      fc.record({ name: fc.constantFrom("ci", "lint", "e2e"), failed: fc.boolean() }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(line, fc.nat(40), (all, cut) => {
        const built = all.map((build, index) => ({
          ...build,
          id: `${index}`,
          revision: `r${index}`,
          at: new Date(index * 1000),
        }));
        const whole = mainBreaks(built, null);
        const open = whole.find(
          ({ id, mended }) => Number(id) <= cut && (!mended || Number(mended.build) >= cut),
        );
        const from = open ? Number(open.id) : Math.min(cut, built.length);
        const later = mainBreaks(built.slice(from), built[from - 1]?.revision ?? null);
        expect(later).toEqual(whole.filter(({ id }) => Number(id) >= from));
      }),
    );
  });
});

describe("how it was mended", () => {
  const commit = (revision: string, message: string, pullRequest: number | null = null) => ({
    revision: revision.repeat(40).slice(0, 40),
    message,
    pullRequest,
  });
  const breaking = [commit("b", "Add a cache (#12)", 12), commit("c", "Tidy up")];

  it("is a revert where a later change undoes one of those that broke it", () => {
    const bySha = commit("d", `Revert it\n\nThis reverts commit ${"b".repeat(40)}.`);
    const byTitle = commit("d", 'Revert "Add a cache (#12)" (#13)');
    const byNumber = commit("d", "Reverts acme/web#12");
    for (const change of [bySha, byTitle, byNumber])
      expect(mendedBy(breaking, [change, commit("e", "Other")])).toBe("revert");
  });

  it("is a fix where other changes came, and neither where none did", () => {
    expect(mendedBy(breaking, [commit("d", "Close the cache")])).toBe("fix");
    expect(mendedBy(breaking, [commit("d", `This reverts commit ${"f".repeat(40)}.`)])).toBe("fix");
    expect(mendedBy(breaking, [])).toBeNull();
  });

  it("is no revert where the revert of a revert brings the change back", () => {
    const back = commit("d", 'Revert "Revert "Add a cache (#12)""');
    expect(mendedBy(breaking, [back])).toBe("fix");
  });
});
