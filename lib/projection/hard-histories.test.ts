import { expect, it } from "vitest";
import { digestTables } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import {
  clock,
  deploy,
  forgetEverything,
  github,
  native,
  type Posted,
  push,
  sha,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();
const shop = "acme/checkout";

/** A commit as an API tells it, with its parents. */
const commit = (name: string, parents: string[], at: string, message = name) =>
  native(at, {
    type: "change",
    id: name,
    repository: shop,
    revision: sha(name),
    parents: parents.map(sha),
    authoredAt: clock(at),
    message,
  });

/** Deployed one after the other from 12:00 on, ten minutes each; ids 1, 2, … */
const deployed = (...names: string[]): Posted[] =>
  names.flatMap((name, index) => {
    const at = (minutes: number) => `${12 + Math.floor(index / 6)}:${(index % 6) * 10 + minutes}`;
    return deploy(shop, index + 1, name, [
      at(0).replace(/:0$/, ":00"),
      at(0).replace(/:0$/, ":00"),
      at(5).replace(/:5$/, ":05"),
    ]);
  });

/** By id: the kind, and the names of the changes, or null where they are unknown. */
async function tale(names: readonly string[]) {
  const rows = await database.db.selectFrom("deployments").selectAll().orderBy("at").execute();
  const changes = await database.db.selectFrom("deployment_changes").selectAll().execute();
  const nameOf = new Map(names.map((name) => [sha(name), name]));
  return rows.map((row) => [
    row.kind,
    row.changes_known === false
      ? null
      : changes
          .filter((change) => change.deployment_id === row.id)
          .map((change) => nameOf.get(change.revision))
          .sort(),
  ]);
}

const unknownSets = async () =>
  (
    await database.db
      .selectFrom("deployments")
      .select("id")
      .where("changes_known", "=", false)
      .execute()
  ).length;

const line = [
  commit("root", [], "06:00"),
  commit("a", ["root"], "06:10"),
  commit("b", ["a"], "06:20"),
  commit("c", ["b"], "06:30"),
];

it("a merge brings its branch's commits and is none itself", async () => {
  const side = [commit("s1", ["a"], "06:15"), commit("s2", ["s1"], "06:25")];
  await database.told(...line, ...side, commit("m", ["c", "s2"], "06:40"), ...deployed("c", "m"));
  expect(await tale(["s1", "s2", "m"])).toEqual([
    ["first", []],
    ["deploy", ["s1", "s2"]],
  ]);
});

it("a tag on an old commit is a rollback, however new the tag", async () => {
  await database.told(...line, ...deployed("a", "c", "b"));
  expect(await tale(["a", "b", "c"])).toEqual([
    ["first", []],
    ["deploy", ["b", "c"]],
    ["rollback", []],
  ]);
});

it("two branches that take turns in one environment ship each change once", async () => {
  const side = [commit("s1", ["a"], "06:15"), commit("s2", ["s1"], "06:45")];
  await database.told(...line, ...side, ...deployed("b", "s1", "c", "s2"));
  expect(await tale(["b", "c", "s1", "s2"])).toEqual([
    ["first", []],
    ["deploy", ["s1"]],
    ["deploy", ["b", "c"]],
    ["deploy", ["s1", "s2"]],
  ]);
  const timed = await database.db
    .selectFrom("deployment_changes")
    .select("revision")
    .where("lead_seconds", "is not", null)
    .execute();
  expect(timed.map(({ revision }) => revision).sort()).toEqual(["c", "s1", "s2"].map(sha).sort());
});

it("a cherry-pick and its original are one change, whichever ships first", async () => {
  const picked = `c\n\n(cherry picked from commit ${sha("c")})`;
  await database.told(...line, commit("p", ["a"], "06:50", picked), ...deployed("a", "p", "c"));
  expect(await tale(["b", "c", "p"])).toEqual([
    ["first", []],
    ["deploy", ["p"]],
    ["deploy", ["b", "c"]],
  ]);
  const again = await database.db
    .selectFrom("deployment_changes")
    .select("lead_seconds")
    .where("deployment_id", "=", publicId("deployment", "github/3"))
    .where("revision", "=", sha("c"))
    .executeTakeFirstOrThrow();
  expect(again.lead_seconds).toBeNull();
});

it("a revert undoes, and the revert of a revert brings back: a deploy", async () => {
  const undone = `Revert "c"\n\nThis reverts commit ${sha("c")}.`;
  const back = `Revert "Revert "c""\n\nThis reverts commit ${sha("r1")}.`;
  await database.told(
    ...line,
    commit("r1", ["c"], "12:07", undone),
    commit("r2", ["r1"], "12:17", back),
    ...deployed("b", "c", "r1", "r2"),
  );
  expect(await tale(["c", "r1", "r2"])).toEqual([
    ["first", []],
    ["deploy", ["c"]],
    ["revert", ["r1"]],
    ["deploy", ["r2"]],
  ]);
});

it("after a force push what was pushed away is a side of its own", async () => {
  const pushes = [
    push(shop, "07:00", null, [{ name: "root", at: "06:00" }]),
    push(shop, "07:10", "root", [{ name: "old", at: "07:05" }]),
    push(shop, "07:20", "old", [{ name: "new", at: "07:15" }], { forced: true }),
    commit("new", ["root"], "07:15"),
  ];
  await database.told(...pushes, ...deployed("root", "old", "new"));
  expect(await tale(["old", "new"])).toEqual([
    ["first", []],
    ["deploy", ["old"]],
    ["deploy", ["new"]],
  ]);
});

const pullRequest = (merge: string) =>
  github("pull_request", "08:00", {
    action: "closed",
    repository: { full_name: shop },
    pull_request: {
      number: 7,
      title: "Taxes",
      merged: true,
      created_at: clock("07:30"),
      updated_at: clock("08:00"),
      merged_at: clock("08:00"),
      closed_at: clock("08:00"),
      merge_commit_sha: sha(merge),
      head: { ref: "taxes", sha: sha("d2") },
      base: { ref: "main", sha: sha("c0") },
      user: { login: "ana" },
    },
  });
const drafts = push(
  shop,
  "07:20",
  null,
  [
    { name: "d1", at: "07:00" },
    { name: "d2", at: "07:10" },
  ],
  { ref: "refs/heads/taxes" },
);
const leads = async () =>
  Object.fromEntries(
    (await database.db.selectFrom("deployment_changes").selectAll().execute()).map((row) => [
      row.revision,
      row.lead_seconds,
    ]),
  );
const minutes = 60;

it("a squash counts from its pull request's first commit, a rebased commit from itself", async () => {
  const base = push(shop, "06:00", null, [{ name: "c0", at: "05:50" }]);
  const squash = push(shop, "08:00", "c0", [{ name: "squash", at: "08:00" }]);
  await database.told(base, drafts, pullRequest("squash"), squash, ...deployed("c0", "squash"));
  expect(await leads()).toEqual({ [sha("squash")]: 315 * minutes });

  await forgetEverything(database.db);
  const rebased = push(shop, "08:00", "c0", [
    { name: "r1", at: "07:00" },
    { name: "r2", at: "07:10" },
  ]);
  await database.told(base, drafts, pullRequest("r2"), rebased, ...deployed("c0", "r2"));
  expect(await leads()).toEqual({ [sha("r1")]: 315 * minutes, [sha("r2")]: 305 * minutes });
});

it("a squash that was pushed along with another pull request's stays one", async () => {
  const other = pullRequest("other");
  const queue = push(shop, "08:00", "c0", [
    { name: "other", at: "08:00" },
    { name: "squash", at: "08:00" },
  ]);
  const base = push(shop, "06:00", null, [{ name: "c0", at: "05:50" }]);
  const renumbered = { ...other, body: other.body.replace('"number":7', '"number":8') };
  const told = [base, drafts, pullRequest("squash"), queue, ...deployed("c0", "squash")];
  await database.told(...told, renumbered);
  expect((await leads())[sha("squash")]).toBe(315 * minutes);
});

it("unknown is said and counted, and heals when what was missing is told, in whatever order", async () => {
  const first = push(shop, "07:00", null, [{ name: "a", at: "06:50" }]);
  const lost = push(shop, "07:10", "a", [{ name: "b", at: "07:05" }]);
  const last = push(shop, "07:20", "b", [{ name: "c", at: "07:15" }]);
  await database.told(first, last, ...deployed("a", "c"));
  expect(await tale(["b", "c"])).toEqual([
    ["first", []],
    ["deploy", null],
  ]);
  expect(await unknownSets()).toBe(1);

  await database.told(lost);
  expect(await tale(["b", "c"])).toEqual([
    ["first", []],
    ["deploy", ["b", "c"]],
  ]);
  expect(await unknownSets()).toBe(0);
  const healed = await digestTables(database.db);

  await forgetEverything(database.db);
  await database.told(lost, ...deployed("a", "c"), last, first);
  expect(await digestTables(database.db)).toEqual(healed);
});
