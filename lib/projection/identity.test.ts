import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest, digestTables } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { applyRules } from "@/lib/projection/apply-rules";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import {
  clock,
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  native,
  type Posted,
  projectAll,
  settleAll,
  sha,
  word,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { before, byArgocd, byGithub, byLine } from "@/lib/projection/testing-reports";

const database = projectionDatabase();
const ids = {
  github: publicId("deployment", "github/2"),
  line: publicId("deployment", "pipeline/line"),
  argocd: publicId("deployment", `argocd/94978696-4fd4-40b3-a1de-38d9df9e9316:${clock("10:13")}`),
};
const all = [...byGithub, byLine(), ...byArgocd];

/** Those after the first, by the order of their stream. */
const deployments = async () =>
  (await database.db.selectFrom("deployments").selectAll().orderBy("at").execute()).slice(1);

describe("one deployment that GitHub, Argo CD and a line in a pipeline report", () => {
  it("is one, with the code's revision, the artifact and all three as its evidence", async () => {
    await database.told(...before, ...all);
    expect(await deployments()).toEqual([
      expect.objectContaining({
        id: ids.github,
        members: [ids.github, ids.line, ids.argocd],
        repository: "acme/checkout",
        revision: sha("c1"),
        artifact: `sha256:${"a".repeat(64)}`,
        version: "2.4.0",
        status: "succeeded",
        queued_at: new Date(clock("10:10")),
        started_at: new Date(clock("10:11")),
        finished_at: new Date(clock("10:16")),
        kind: "deploy",
        change_count: 1,
        url: "https://ci.example/runs/7",
      }),
    ]);
  });

  it("is told of by two until Argo CD says what runs, and by two names until the line does", async () => {
    const [running, synced] = byArgocd;
    await database.told(...before, ...byGithub, ...(running ? [running] : []));
    expect((await deployments()).map(({ id }) => id)).toEqual([ids.argocd, ids.github]);
    await database.told(...(synced ? [synced] : []));
    expect(await deployments()).toHaveLength(2);
    await database.told(byLine());
    expect((await deployments()).map(({ id }) => id)).toEqual([ids.github]);
  });

  it("takes the earliest report's id when that comes late, and all it was known by stays", async () => {
    await database.told(...before, ...byArgocd, byLine());
    expect((await deployments()).map(({ id }) => id)).toEqual([ids.line]);
    const corrected = word("12:00", {
      type: "correction",
      deployment: ids.line,
      kind: "fix_forward",
      failed: null,
      note: "it was the fix",
    });
    await database.told(corrected);
    await database.told(...byGithub);
    expect(await deployments()).toMatchObject([{ id: ids.github, kind: "fix_forward" }]);
    const changes = await database.db
      .selectFrom("deployment_changes")
      .select("deployment_id")
      .execute();
    expect(changes.map((change) => change.deployment_id)).toEqual([ids.github]);
  });

  it("the latest correction stands, on whichever report it was said", async () => {
    const said = (at: string, deployment: string, kind: string | null) =>
      word(at, { type: "correction", deployment, kind, failed: null, note: "seen" });
    await database.told(...before, ...all, said("12:00", ids.argocd, "revert"));
    expect(await deployments()).toMatchObject([{ kind: "revert" }]);
    await database.told(said("13:00", ids.line, "fix_forward"));
    expect(await deployments()).toMatchObject([{ kind: "fix_forward" }]);
    await database.told(said("14:00", ids.github, null));
    expect(await deployments()).toMatchObject([{ kind: "deploy" }]);
  });

  it("is parted by a person's word on one of them, and one again when that is taken back", async () => {
    await database.told(...before, ...all);
    const apart = (at: string, member: string, isApart: boolean) =>
      word(at, { type: "separation", kind: "deployment", member, apart: isApart, note: "no" });
    await database.told(apart("12:00", ids.line, true));
    // Nothing else names both the revision and the artifact.
    expect((await deployments()).map(({ members }) => members)).toEqual([
      [ids.line],
      [ids.github],
      [ids.argocd],
    ]);
    await database.told(apart("13:00", ids.line, false));
    expect(await deployments()).toMatchObject([{ members: [ids.github, ids.line, ids.argocd] }]);
  });
});

it("the same revision an hour later, and of one source twice, is another deployment", async () => {
  const again = byLine(["11:20", "11:22"], { id: "again" });
  const twice = byLine(["10:13", "10:14"], { id: "twice" });
  await database.told(...before, ...byGithub, byLine(), again, twice);
  const [first, second, third] = await deployments();
  expect([first, second, third].map((each) => each?.members.length)).toEqual([1, 2, 1]);
  expect(third).toMatchObject({ kind: "redeploy" });
});

it("a report that is read otherwise now leaves, and what remains is a deployment still", async () => {
  await database.told(...before, ...byGithub, byLine());
  expect(await deployments()).toHaveLength(1);
  await database.told(byLine(["10:12", "10:14"], { environment: "staging", asOf: clock("11:00") }));
  const rows = await database.db
    .selectFrom("deployments")
    .select(["id", "environment", "members"])
    .where("id", "in", [ids.github, ids.line])
    .orderBy("environment")
    .execute();
  expect(rows).toEqual([
    { id: ids.github, environment: "production", members: [ids.github] },
    { id: ids.line, environment: "staging", members: [ids.line] },
  ]);
});

it("a verdict and a declared cause by any report's id fail the one deployment", async () => {
  const incident = (id: string, cause?: string): Posted =>
    native("10:40", {
      type: "incident",
      id,
      service: "checkout",
      environment: "production",
      title: "5xx",
      openedAt: clock(id === "i1" ? "10:20" : "10:40"),
      ...(cause && { cause }),
    });
  await database.told(...before, byLine(), ...byArgocd, incident("i1", "line"));
  expect(await deployments()).toMatchObject([{ id: ids.line, failed: true }]);
  await database.told(...byGithub);
  expect(await deployments()).toMatchObject([{ id: ids.github, failed: true }]);
  const verdict = word("12:00", {
    type: "verdict",
    incident: publicId("incident", "pipeline/i1"),
    verdict: "confirmed",
    changes: [{ kind: "deployment", id: ids.argocd }],
    rejected: [{ kind: "deployment", id: ids.line }],
    note: null,
  });
  await database.told(verdict);
  expect(await deployments()).toMatchObject([{ id: ids.github, failed: true }]);
});

it("a rebuild, and rules that place every report anew, come to the same", async () => {
  const { db, url } = database;
  const [checkout, ...others] = historyConfig.services;
  const services = [...(checkout ? [{ ...checkout, name: "store" }] : []), ...others];
  const renamed = contextOver(db, { ...historyConfig, services });
  expect(await applyRules(renamed, Number.POSITIVE_INFINITY)).toBe("done");
  const apart = { type: "separation", kind: "deployment", member: ids.argocd, apart: true };
  await deliver(db, [...before, ...all, word("12:00", { ...apart, note: null })]);
  await settleAll(renamed);
  expect((await deployments()).map(({ service, members }) => [service, members])).toEqual([
    ["checkout", [ids.line]],
    ["store", [ids.github]],
    ["checkout", [ids.argocd]],
  ]);
  const context = contextOver(db, historyConfig);
  expect(await applyRules(context, Number.POSITIVE_INFINITY)).toBe("applied");
  await deriveAll(context);
  expect((await deployments()).map(({ members }) => members)).toEqual([
    [ids.github, ids.line],
    [ids.argocd],
  ]);
  const live = await digest(db);
  const rebuilt = await rebuild({ url, ...context, log: () => undefined });
  expect(rebuilt).toMatchObject({ before: live, after: live });
  expect(Object.values(rebuilt.differing).every((rows) => rows === 0)).toBe(true);
});

it("any order of the same reports, repeated, and people's words give the same facts", async () => {
  const { db } = database;
  const context = contextOver(db, historyConfig);
  const words = [
    word("12:00", {
      type: "separation",
      kind: "deployment",
      member: ids.argocd,
      apart: true,
      note: null,
    }),
    word("13:00", {
      type: "correction",
      deployment: ids.line,
      kind: "fix_forward",
      failed: null,
      note: "x",
    }),
  ];
  const others = [
    byLine(["10:12", "10:14"], { id: "twin", revision: sha("c1"), artifact: undefined }),
    byLine(["11:20", "11:22"], { id: "again" }),
  ];
  const told = [...before, ...all, ...others, ...words];
  await deliver(db, told);
  await settleAll(context);
  const expected = await digestTables(db);
  const everything = told.map((_, index) => index);
  const arrival = fc.record({
    order: fc.shuffledSubarray(everything, { minLength: everything.length }),
    repeated: fc.subarray(everything, { maxLength: 4 }),
    atOnce: fc.integer({ min: 1, max: 9 }),
    parts: fc.integer({ min: 1, max: 5 }),
  });
  const property = fc.asyncProperty(arrival, async (run) => {
    await forgetEverything(db);
    const sent = [...run.repeated, ...run.order].flatMap((index) => told[index] ?? []);
    const size = Math.ceil(sent.length / run.parts);
    for (let part = 0; part < run.parts; part++) {
      await deliver(db, sent.slice(part * size, (part + 1) * size));
      await projectAll(context, run.atOnce);
      await deriveAll(context);
    }
    expect(await digestTables(db)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 12, seed: 20261122, endOnFailure: true });
}, 240_000);
