import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { changeOf, deploymentOf } from "@/lib/backfill/git/clone-events";
import { type LoggedCommit, parseLog } from "@/lib/backfill/git/parse-log";
import { openClone } from "@/lib/backfill/git/read-clone";
import { readTags } from "@/lib/backfill/git/read-tags";
import { repositoryOfAddress, repositoryOfClone } from "@/lib/backfill/git/repository-name";
import { TestClone } from "@/lib/backfill/git/testing-clone";
import { parseNativeEvents } from "@/lib/sources/native/parse";

const made: { remove(): void }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});
function clone(): TestClone {
  const one = new TestClone();
  made.push(one);
  return one;
}

async function commitsOf(folder: string, branch: string | null = null): Promise<LoggedCommit[]> {
  const commits: LoggedCommit[] = [];
  for await (const commit of (await openClone(folder, branch, [], null)).read())
    commits.push(commit);
  return commits;
}

describe("the commits of a clone", () => {
  it("come oldest first, with parents, dates, author, message and paths", async () => {
    const one = clone();
    const root = one.commit("2026-01-01T10:00:00+02:00", "root\n\nwith a body", { "a b.ts": "1" });
    const next = one.commit("2026-01-02T10:00:00Z", "next", { "a b.ts": "2", "ü.ts": "1" });
    expect(await commitsOf(one.folder)).toEqual([
      {
        revision: root,
        parents: [],
        authoredAt: "2026-01-01T10:00:00+02:00",
        committedAt: "2026-01-01T10:00:00+02:00",
        author: "Ana",
        message: "root\n\nwith a body",
        paths: ["a b.ts"],
      },
      expect.objectContaining({ revision: next, parents: [root], paths: ["a b.ts", "ü.ts"] }),
    ]);
  });

  it("of a merge are both sides, and the merge has two parents and no paths", async () => {
    const one = clone();
    const root = one.commit("2026-01-01T10:00:00Z", "root", { a: "1" });
    one.git("checkout", "-q", "-b", "side");
    const side = one.commit("2026-01-02T10:00:00Z", "side", { b: "1" });
    one.git("checkout", "-q", "main");
    const main = one.commit("2026-01-03T10:00:00Z", "main", { c: "1" });
    one.gitAt("2026-01-04T10:00:00Z", "merge", "-q", "--no-ff", "-m", "merge", "side");
    const commits = await commitsOf(one.folder);
    expect(new Set(commits.map((commit) => commit.revision)).size).toBe(4);
    expect(commits.at(-1)).toMatchObject({ parents: [main, side], paths: [], message: "merge" });
    expect(commits[0]?.revision).toBe(root);
    const told = changeOf("acme/shop", commits.at(-1) as LoggedCommit, false);
    expect(told).not.toHaveProperty("paths");
  });

  it("are told apart whatever their messages and files are called", async () => {
    const one = clone();
    const forged = `commit ${"0".repeat(40)}`;
    one.commit("2026-01-01T10:00:00Z", `${forged}\n\n:100644 A\u0001`, {
      [forged]: "1",
      ":a": "1",
    });
    one.commit("2026-01-02T10:00:00Z", "next", { "line\nbreak": "1" });
    const commits = await commitsOf(one.folder);
    expect(commits).toHaveLength(2);
    expect(commits[0]?.paths.sort()).toEqual([":a", forged]);
    expect(commits[1]?.paths).toEqual(["line\nbreak"]);
    for (const commit of commits)
      expect(parseNativeEvents([changeOf("acme/shop", commit, false)])).toHaveLength(1);
  });

  it("are the same however git's output is cut", async () => {
    const one = clone();
    for (const day of [1, 2, 3])
      one.commit(`2026-01-0${day}T10:00:00Z`, `tag ${day} ü`, { [`${day} ü`]: "1" });
    const whole = await commitsOf(one.folder);
    const { logFormat } = await import("@/lib/backfill/git/parse-log");
    const { gitOutput } = await import("@/lib/backfill/git/run-git");
    const chunks: Buffer[] = [];
    for await (const chunk of gitOutput(one.folder, ["log", "--reverse", ...logFormat]))
      chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    async function* single() {
      for (const byte of bytes) yield Buffer.from([byte]);
    }
    const cut: LoggedCommit[] = [];
    for await (const commit of parseLog(single())) cut.push(commit);
    expect(cut).toEqual(whole);
  });

  it("at the edge of a shallow clone have unknown parents, not none", async () => {
    const one = clone();
    for (const day of [1, 2, 3]) one.commit(`2026-01-0${day}T10:00:00Z`, `${day}`, { a: `${day}` });
    const shallow = mkdtempSync(join(tmpdir(), "pushline-shallow-"));
    made.push({ remove: () => rmSync(shallow, { recursive: true, force: true }) });
    one.git("clone", "-q", "--depth", "2", `file://${one.folder}`, shallow);
    const history = await openClone(shallow, null, [], null);
    const told = [];
    for await (const commit of history.read())
      told.push(changeOf("acme/shop", commit, history.boundary.has(commit.revision)));
    expect(history.commits).toBe(2);
    expect(told[0]).not.toHaveProperty("parents");
    expect(told[0]).not.toHaveProperty("paths");
    expect(told[1]).toMatchObject({ parents: [told[0]?.revision], paths: ["a"] });
  });

  it("of a branch that is not there, or of no clone, are refused in words", async () => {
    const one = clone();
    one.commit("2026-01-01T10:00:00Z", "root");
    await expect(openClone(one.folder, "gone", [], null)).rejects.toThrow(
      "There is no branch gone",
    );
    await expect(openClone(one.folder, "--all", [], null)).rejects.toThrow("no branch --all");
    await expect(openClone(tmpdir(), null, [], null)).rejects.toThrow("not a git repository");
    await expect(openClone("/nowhere/at/all", null, [], null)).rejects.toThrow("git cannot be run");
  });

  it("have their committer's date where the author's cannot be one; without either they are none", () => {
    const commit = {
      revision: "abc",
      parents: [],
      authoredAt: "1969-12-31T23:00:00+00:00",
      committedAt: "2026-01-01T10:00:00+02:00",
      author: "",
      message: "",
      paths: [],
    };
    expect(changeOf("acme/shop", commit, false)).toMatchObject({
      authoredAt: "2026-01-01T08:00:00.000Z",
    });
    expect(changeOf("acme/shop", { ...commit, committedAt: "" }, false)).toBeNull();
  });
});

describe("the tags of a clone", () => {
  it("are an annotated one's own date, a light one's commit's, oldest first, by a glob", async () => {
    const one = clone();
    const first = one.commit("2026-01-01T10:00:00Z", "first");
    one.gitAt("2026-01-05T10:00:00Z", "tag", "-a", "v1", "-m", "one");
    const second = one.commit("2026-01-03T10:00:00Z", "second");
    one.git("tag", "v2");
    one.gitAt("2026-01-06T10:00:00Z", "tag", "-a", "v3", "-m", "of a tag", "v1");
    one.git("tag", "nightly");
    one.git("tag", "v-tree", "HEAD^{tree}");
    expect(await readTags(one.folder, "v*", null)).toEqual([
      {
        name: "v2",
        revision: second,
        at: new Date("2026-01-03T10:00:00Z"),
        dated: "commit",
        tagger: null,
      },
      {
        name: "v1",
        revision: first,
        at: new Date("2026-01-05T10:00:00Z"),
        dated: "tag",
        tagger: "Bo",
      },
      {
        name: "v3",
        revision: first,
        at: new Date("2026-01-06T10:00:00Z"),
        dated: "tag",
        tagger: "Bo",
      },
    ]);
    const since = await readTags(one.folder, "v*", new Date("2026-01-05T12:00:00Z"));
    expect(since.map((tag) => tag.name)).toEqual(["v3"]);
  });

  it("are deployments that the contract takes, and say whose time they have", () => {
    const tag = { name: "v1", revision: "abc", at: new Date("2026-01-05T10:00:00Z"), tagger: null };
    const rule = { repository: "acme/shop", service: "shop", environment: "production" };
    const events = (["tag", "commit"] as const).map((dated) =>
      deploymentOf(rule, { ...tag, dated }),
    );
    expect(parseNativeEvents(events)).toHaveLength(2);
    expect(events.map((event) => event.description)).toEqual([
      "Tag v1 of a clone. Its time is the tag's own.",
      "Tag v1 of a clone. Its time is its commit's: the tag has none.",
    ]);
  });
});

describe("a clone's repository", () => {
  it.each([
    ["https://github.com/acme/shop.git", "acme/shop"],
    ["https://ana:secret@github.com/acme/shop", "acme/shop"],
    ["git@github.com:acme/shop.git", "acme/shop"],
    ["ssh://git@git.example.com:2222/group/sub/shop.git/", "group/sub/shop"],
    ["/srv/git/shop.git", null],
    ["file:///srv/git/shop.git", null],
    ["../shop", null],
  ])("of %s is %s", (address, repository) => {
    expect(repositoryOfAddress(address)).toBe(repository);
  });

  it("is its remote's, origin before others; null without one", async () => {
    const one = clone();
    expect(await repositoryOfClone(one.folder)).toBeNull();
    one.git("remote", "add", "fork", "git@github.com:bo/shop.git");
    expect(await repositoryOfClone(one.folder)).toBe("bo/shop");
    one.git("remote", "add", "origin", "git@github.com:acme/shop.git");
    expect(await repositoryOfClone(one.folder)).toBe("acme/shop");
  });
});
