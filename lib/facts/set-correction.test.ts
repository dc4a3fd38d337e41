import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/context";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { setCorrection } from "@/lib/facts/set-correction";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { deliver, forgetEverything, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
let context: Context;
beforeEach(async () => {
  await forgetEverything(database.db);
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
  await deliver(database.db, history);
  await settleAll(context);
});

/** The first of checkout, which nobody found fault with. */
const wentWell = publicId("deployment", "github/1");

const failedOfWindow = async () => {
  const { total } = await readMetrics(context, {
    from: new Date("2026-11-02T00:00:00Z"),
    to: new Date("2026-11-09T00:00:00Z"),
    bucket: "week",
    timezone: "UTC",
    scope: { services: ["checkout"], teams: [], environments: [] },
  });
  return total.changeFailRate.failed;
};

describe("a person's correction", () => {
  it("is in the figures when it returns, said with who, why and when, and audited", async () => {
    const before = await failedOfWindow();
    const words = { kind: null, failed: true, note: "orders were lost" };
    const answer = await setCorrection(context, wentWell, words);
    expect(answer.failed).toBe(true);
    expect(answer.reasons).toContain("failed: a person said so");
    expect(answer.correction).toMatchObject({ ...words, actor: "Bo" });
    expect(await failedOfWindow()).toBe(before + 1);
    const audited = await database.db.selectFrom("audit").select(["action", "details"]).execute();
    expect(audited.at(-1)).toMatchObject({
      action: "deployment.corrected",
      details: { note: "orders were lost" },
    });
  });

  it("can be found among deployments, and is gone when taken back", async () => {
    const before = await failedOfWindow();
    const corrected = async () =>
      (await listDeployments(context, { corrected: true, limit: 50 })).items.map(({ id }) => id);
    const others = await corrected();
    await setCorrection(context, wentWell, { kind: "redeploy", failed: null, note: "ran again" });
    expect((await corrected()).sort()).toEqual([...others, wentWell].sort());
    const answer = await setCorrection(context, wentWell, undone);
    expect(answer.correction).toBeNull();
    expect(await corrected()).toEqual(others);
    expect(await failedOfWindow()).toBe(before);
  });

  it("survives a rebuild", async () => {
    await setCorrection(context, wentWell, { kind: "rollback", failed: null, note: "went back" });
    const live = await digest(database.db);
    const log = () => undefined;
    const { config, clock } = context;
    await rebuild({ url: database.url, config, clock, log });
    expect(await digest(database.db)).toBe(live);
    const { items } = await listDeployments(context, { kind: ["rollback"], limit: 50 });
    expect(items.find(({ id }) => id === wentWell)?.correction).toMatchObject({ actor: "Bo" });
  });
});

const undone = { kind: null, failed: null, note: "as it was" };
