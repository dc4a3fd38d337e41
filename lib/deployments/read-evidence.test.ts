import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { readDeployment } from "@/lib/deployments/read-deployment";
import { publicId } from "@/lib/facts/keys";
import { setCorrection } from "@/lib/facts/set-correction";
import { readIncident } from "@/lib/incidents/list-incidents";
import { setCause } from "@/lib/incidents/set-cause";
import { readSuspects } from "@/lib/matching/read-suspects";
import { readMetrics } from "@/lib/metrics/read-metrics";
import {
  clock,
  deliver,
  native,
  type Posted,
  settleAll,
  sha,
  word,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { before, byArgocd, byGithub, byLine } from "@/lib/projection/testing-reports";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
let context: Context;
beforeEach(async () => {
  context = await testContext(database, historyConfig, {
    actor: {
      kind: "person",
      id: "bo",
      name: "Bo",
      email: null,
      role: "editor",
      teams: {},
      session: "session",
    },
  });
});

const argocd = `94978696-4fd4-40b3-a1de-38d9df9e9316:${clock("10:13")}`;
const ids = ["github/2", "pipeline/line", `argocd/${argocd}`].map((key) =>
  publicId("deployment", key),
);
const [github = "", line = "", argo = ""] = ids;
const reports = [...byGithub, byLine(), ...byArgocd];
const told = async (...deliveries: Posted[]) => {
  await deliver(database.db, deliveries);
  await settleAll(context);
};
const apart = (member: string, isApart: boolean, at = "12:00") =>
  word(at, { type: "separation", kind: "deployment", member, apart: isApart, note: "another run" });

describe("a deployment that three sources report", () => {
  it("answers to every report's id with all of them as its evidence, in a list as well", async () => {
    await told(...before, ...reports);
    const answer = await readDeployment(context, github);
    expect(answer.sources).toEqual([
      expect.objectContaining({
        source: "github",
        key: "2",
        id: github,
        status: "succeeded",
        startedAt: clock("10:11"),
        finishedAt: clock("10:15"),
        revision: sha("c1"),
        artifact: null,
        apart: null,
      }),
      expect.objectContaining({
        source: "pipeline",
        key: "line",
        id: line,
        url: "https://ci.example/runs/7",
        author: "bo",
      }),
      expect.objectContaining({
        source: "argocd",
        key: argocd,
        id: argo,
        revision: sha("manifests"),
        finishedAt: clock("10:16"),
      }),
    ]);
    expect(answer.separated).toEqual([]);
    for (const id of ids) expect(await readDeployment(context, id)).toEqual(answer);
    const { items } = await listDeployments(context, { limit: 50 });
    expect(items.map(({ id, sources }) => [id, sources.length])).toEqual([
      [github, 3],
      [publicId("deployment", "github/1"), 1],
    ]);
    expect(items[0]).toEqual(answer);
  });

  it("is counted once, and its change too", async () => {
    await told(...before, ...reports);
    const { total } = await readMetrics(context, {
      from: new Date(clock("00:00")),
      to: new Date(clock("1 00:00")),
      bucket: "day",
      timezone: "UTC",
      scope: { services: ["checkout"], teams: [], environments: [] },
    });
    expect(total.deploymentFrequency.deployments).toBe(2);
    expect(total.leadTime.n).toBe(1);
  });

  it("does not exist for a token that does not reach its service", async () => {
    await told(...before, ...reports);
    const reaching = (name: string): Context => ({
      ...context,
      config: context.config,
      actor: {
        kind: "token",
        id: "t",
        name: "narrow",
        scopes: ["read"],
        reach: { kind: "service", name },
        expiresAt: null,
        byPrevious: false,
      },
    });
    for (const id of ids) {
      await expect(readDeployment(reaching("web"), id)).rejects.toMatchObject({
        code: "not_found",
      });
      expect((await readDeployment(reaching("checkout"), id)).id).toBe(github);
    }
  });

  it("shows what a person holds apart from it, until they take it back", async () => {
    await told(...before, ...byGithub, byLine(), apart(line, true));
    const whole = await readDeployment(context, github);
    expect(whole.sources.map(({ id }) => id)).toEqual([github]);
    const word = { actor: "ana", at: clock("12:00"), note: "another run" };
    expect(whole.separated).toEqual([expect.objectContaining({ id: line, apart: word })]);
    const other = await readDeployment(context, line);
    expect(other).toMatchObject({ id: line, separated: [], sources: [{ id: line, apart: word }] });
    const { items } = await listDeployments(context, { limit: 50 });
    expect(items.find(({ id }) => id === github)).toEqual(whole);
    await told(apart(line, false, "13:00"));
    const joined = await readDeployment(context, line);
    expect(joined).toMatchObject({ id: github, separated: [] });
    expect(joined.sources.map((report) => report.apart)).toEqual([null, null]);
  });

  it("takes a correction and a cause by any report's id", async () => {
    const incident = native("10:40", {
      type: "incident",
      id: "i1",
      service: "checkout",
      environment: "production",
      title: "5xx",
      openedAt: clock("10:20"),
    });
    await told(...before, ...reports, incident);
    const corrected = await setCorrection(context, argo, {
      kind: "fix_forward",
      failed: null,
      note: "it was the fix",
    });
    expect(corrected).toMatchObject({
      id: github,
      kind: "fix_forward",
      correction: { actor: "Bo" },
    });
    const { items } = await listDeployments(context, { corrected: true, limit: 50 });
    expect(items.map(({ id }) => id)).toEqual([github]);
    const judged = await setCause(context, publicId("incident", "pipeline/i1"), {
      verdict: "confirmed",
      changes: [{ kind: "deployment", id: argo }],
      rejected: [],
      note: null,
    });
    expect(judged.cause).toMatchObject({ kind: "deployment", id: github, by: "verdict" });
    expect(judged.verdict?.changes).toEqual([{ kind: "deployment", id: github }]);
    expect(await readDeployment(context, line)).toMatchObject({ failed: true });
    const suspects = await readSuspects(context, judged.id, null);
    expect(suspects.rollback).toMatchObject({ to: publicId("deployment", "github/1") });
    expect(suspects.suspects.filter(({ kind }) => kind === "deployment")).toHaveLength(2);
  });
});

it("suspects that were judged as two are one where their reports are of one by now", async () => {
  const incident = native("10:40", {
    type: "incident",
    id: "i2",
    service: "checkout",
    environment: "production",
    title: "5xx",
    openedAt: clock("10:20"),
    cause: "line",
  });
  await told(...before, ...byGithub, ...byArgocd, incident);
  const id = publicId("incident", "pipeline/i2");
  const suspect = (deployment: string, probability: number) => ({
    kind: "deployment",
    id: deployment,
    service: "checkout",
    at: null,
    label: "checkout",
    sources: [],
    probability,
    evidence: [],
  });
  await database.db
    .insertInto("assessments")
    .values({
      incident_id: id,
      occasion: "opened",
      assessed_at: new Date(clock("10:41")),
      model: "test",
      suspects: JSON.stringify([suspect(argo, 0.6), suspect(github, 0.3)]),
    })
    .execute();
  await told(byLine());
  const { suspects } = await readSuspects(context, id, null);
  expect(suspects.map((each) => [each.id, each.probability])).toEqual([[github, 0.6]]);
  expect(await readIncident(context, id)).toMatchObject({
    cause: { id: github, by: "declared" },
  });
});
