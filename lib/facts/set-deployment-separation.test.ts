import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/context";
import { readDeployment } from "@/lib/deployments/read-deployment";
import { digestTables } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { setDeploymentSeparation } from "@/lib/facts/set-deployment-separation";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { clock, deliver, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { before, byGithub, byLine } from "@/lib/projection/testing-reports";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
let context: Context;
beforeEach(async () => {
  const actor = { kind: "person", id: "bo", name: "Bo", email: null, role: "editor" } as const;
  context = await testContext(database, historyConfig, {
    actor: { ...actor, teams: {}, session: "session" },
  });
  await deliver(database.db, [...before, ...byGithub, byLine()]);
  await settleAll(context);
});

const alone = publicId("deployment", "github/1");
const whole = publicId("deployment", "github/2");
const line = publicId("deployment", "pipeline/line");
const part = (id: string, member: string, apart = true, note: string | null = null) =>
  setDeploymentSeparation(context, id, { member, apart, note });

const counted = async () => {
  const { total } = await readMetrics(context, {
    from: new Date(clock("00:00")),
    to: new Date(clock("1 00:00")),
    bucket: "day",
    timezone: "UTC",
    scope: { services: ["checkout"], teams: [], environments: [] },
  });
  return total.deploymentSuccess.n;
};

describe("a person's word that one report of a deployment stands apart", () => {
  it("is in the figures when it returns, said with who and why, and audited", async () => {
    expect(await counted()).toBe(2);
    const rest = await part(line, line, true, "another cluster");
    expect(rest).toMatchObject({
      id: whole,
      sources: [{ id: whole, apart: null }],
      separated: [{ id: line, apart: { actor: "Bo", note: "another cluster" } }],
    });
    expect(await readDeployment(context, line)).toMatchObject({
      id: line,
      sources: [{ id: line, source: "pipeline", apart: { actor: "Bo" } }],
    });
    expect(await counted()).toBe(3);
    const audited = await database.db.selectFrom("audit").select(["action", "details"]).execute();
    expect(audited.at(-1)).toMatchObject({
      action: "deployment.separated",
      details: { service: "checkout", source: "pipeline", note: "another cluster" },
    });
  });

  it("is taken back from either, and survives a rebuild", async () => {
    const { separations: _, ...facts } = await digestTables(database.db);
    for (const id of [whole, line]) {
      await part(whole, line);
      const { config } = context;
      const live = await digestTables(database.db);
      await rebuild({ url: database.url, config, clock: context.clock, log: () => undefined });
      expect(await digestTables(database.db)).toEqual(live);
      expect(await part(id, line, false)).toMatchObject({ id: whole, separated: [] });
      expect(await digestTables(database.db)).toMatchObject(facts);
    }
    expect(await counted()).toBe(2);
  });

  it("404 for what is no report of it, 409 for what stands alone, 403 for a viewer", async () => {
    await expect(part("nothing", line)).rejects.toMatchObject({ code: "not_found" });
    await expect(part(whole, alone)).rejects.toMatchObject({ code: "not_found" });
    await expect(part(alone, alone)).rejects.toMatchObject({ code: "nothing_to_part" });
    expect(await part(alone, alone, false)).toMatchObject({ id: alone });
    context = { ...context, actor: { ...context.actor, role: "viewer" } as Context["actor"] };
    await expect(part(whole, line)).rejects.toMatchObject({ code: "forbidden" });
    expect(await database.db.selectFrom("separations").selectAll().execute()).toEqual([]);
  });
});
