import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Context } from "@/lib/context";
import { digestTables } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { saveAssessment } from "@/lib/facts/save-assessment";
import { listIncidents, readIncident } from "@/lib/incidents/list-incidents";
import { type CauseBody, setCause } from "@/lib/incidents/set-cause";
import { setIncidentSeparation } from "@/lib/incidents/set-separation";
import { readSuspects } from "@/lib/matching/read-suspects";
import { listDevlakeIncidents } from "@/lib/metrics/devlake/read-by-links";
import { readMetrics } from "@/lib/metrics/read-metrics";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import {
  clock,
  deliver,
  deploy,
  forgetEverything,
  type Posted,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { fired, paged } from "@/lib/projection/testing-signals";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
let context: Context;
beforeEach(async () => {
  const actor = { kind: "person", id: "bo", name: "Bo", email: null, role: "editor" } as const;
  context = await testContext(database, historyConfig, {
    actor: { ...actor, teams: {}, session: "session" },
  });
});

const declared = publicId("incident", "pagerduty/P1");
const deployed = [
  ...deploy("acme/checkout", 1, "c0", ["09:10", "09:11", "09:15"]),
  ...deploy("acme/checkout", 2, "c2", ["1 10:00", "1 10:01", "1 10:10"]),
];
const signals = [
  fired("HighErrorRate", "1 10:20"),
  paged("P1", "triggered", "1 10:22"),
  paged("P1", "acknowledged", "1 10:25", { opened: "1 10:22" }),
  fired("HighErrorRate", "1 10:20", { ended: "1 10:50" }),
  paged("P1", "resolved", "1 11:00", { opened: "1 10:22" }),
];
const story: Posted[] = [...deployed, ...signals];

const told = async (...deliveries: Posted[]) => {
  await deliver(database.db, deliveries);
  await settleAll(context);
};
const all = async () => (await listIncidents(context, { limit: 50 })).items;
/** The id among its members of what Alertmanager told. */
const alertOf = async () => {
  const [row] = await database.db.selectFrom("alerts").select("member_id").execute();
  return row?.member_id ?? "";
};

describe("what Alertmanager and PagerDuty tell of one service within ten minutes", () => {
  it("is one incident with two alerts, which any member's id answers with", async () => {
    await told(...story);
    const [incident, ...others] = await all();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      id: declared,
      title: "P1 is down",
      severity: "critical",
      openedAt: clock("1 10:20"),
      acknowledgedAt: clock("1 10:25"),
      resolvedAt: clock("1 11:00"),
      firstSignAt: clock("1 10:20"),
      url: "https://acme.pagerduty.com/incidents/P1",
      alerts: [
        { kind: "alert", source: "alerts", name: "HighErrorRate", endedAt: clock("1 10:50") },
        { kind: "incident", source: "pagerduty", name: "P1 is down", id: declared },
      ],
      signs: [
        { kind: "alert", source: "alerts", id: await alertOf() },
        { kind: "incident", source: "pagerduty", id: declared, startedAt: clock("1 10:22") },
      ],
      separated: [],
    });
    expect(incident?.sources.map(({ source }) => source)).toEqual(["pagerduty", "alerts"]);
    for (const { id } of incident?.signs ?? [])
      expect(await readIncident(context, id)).toEqual(incident);
    expect((await readSuspects(context, await alertOf(), null)).incident).toBe(declared);
  });

  it("is one by DevLake's rules too, restored at its one resolution", async () => {
    await told(...story);
    const { items } = await listDevlakeIncidents(context, { figure: "restored", limit: 50 });
    expect(items).toMatchObject([
      { id: declared, openedAt: clock("1 10:20"), recoverySeconds: 50 * 60 },
    ]);
  });

  it("gives the same facts in any order, repeated, settled in between, and rebuilt", async () => {
    await told(...story);
    const expected = await digestTables(database.db);
    const indexes = story.map((_, index) => index);
    const arrival = fc.record({
      order: fc.shuffledSubarray(indexes, { minLength: indexes.length }),
      repeated: fc.subarray(indexes, { maxLength: 3 }),
      part: fc.integer({ min: 1, max: 4 }),
    });
    const property = fc.asyncProperty(arrival, async ({ order, repeated, part }) => {
      await forgetEverything(database.db);
      const sent = [...order, ...repeated].flatMap((index) => story[index] ?? []);
      for (let at = 0; at < sent.length; at += part) await told(...sent.slice(at, at + part));
      expect(await digestTables(database.db)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 8, seed: 20261122, endOnFailure: true });
    const { config } = context;
    await rebuild({ url: database.url, config, clock: context.clock, log: () => undefined });
    expect(await digestTables(database.db)).toEqual(expected);
  });
});

describe("judgements of what became one incident", () => {
  const judged = async (incident: string, minute: string, suspect: string) => {
    const assessment = {
      incident_id: incident,
      occasion: "opened",
      assessed_at: new Date(clock(minute)),
      model: "test",
      suspects: JSON.stringify([
        { kind: "deployment", id: publicId("deployment", suspect), probability: 0.9 },
      ]),
    };
    await database.db.transaction().execute((trx) => saveAssessment(trx, assessment, 0.8));
    await settleAll(context);
  };

  it("are those on any of its members: the latest stands, and what an earlier one failed is cleared", async () => {
    const ledger = deploy("acme/ledger", 3, "l0", ["1 10:00", "1 10:01", "1 10:05"]);
    await told(...deployed, ...ledger, ...signals.slice(0, 1));
    await judged(await alertOf(), "1 10:21", "github/3");
    expect(await database.deployment("github", "3")).toMatchObject({ failed: true });
    await told(...signals.slice(1));
    expect((await readIncident(context, declared)).cause).toMatchObject({ by: "match" });
    expect(await database.deployment("github", "3")).toMatchObject({
      failed: true,
      failure_incident: declared,
    });
    await judged(declared, "1 10:26", "github/2");
    expect(await database.deployment("github", "3")).toMatchObject({ failed: false });
    expect(await database.deployment("github", "2")).toMatchObject({ failed: true });
    await database.db.deleteFrom("assessments").execute();
  });
});

describe("a person's word that one report stands apart", () => {
  const failed = async () => {
    const { total } = await readMetrics(context, {
      from: new Date(clock("00:00")),
      to: new Date(clock("7 00:00")),
      bucket: "week",
      timezone: "UTC",
      scope: { services: ["checkout"], teams: [], environments: [] },
    });
    return total.changeFailRate.failed;
  };
  const deployment: CauseBody["changes"][number] = {
    kind: "deployment",
    id: publicId("deployment", "github/2"),
  };
  const confirmed: CauseBody = {
    verdict: "confirmed",
    changes: [deployment],
    rejected: [],
    note: null,
  };

  it("parts it at once, says who held it apart and why, and is audited", async () => {
    await told(...story);
    const member = await alertOf();
    const words = { member, apart: true, note: "the disk" };
    const rest = await setIncidentSeparation(context, member, words);
    expect(rest).toMatchObject({
      id: declared,
      openedAt: clock("1 10:22"),
      signs: [{ id: declared }],
      separated: [{ id: member, incident: member, actor: "Bo", note: "the disk", kind: "alert" }],
    });
    expect(await readIncident(context, member)).toMatchObject({
      id: member,
      title: "HighErrorRate on checkout",
      signs: [{ id: member }],
      separated: [{ id: member, incident: member }],
    });
    const audited = await database.db.selectFrom("audit").select(["action", "details"]).execute();
    expect(audited.at(-1)).toMatchObject({
      action: "incident.separated",
      details: { report: "HighErrorRate", note: "the disk" },
    });
  });

  it("is taken back from either, and leaves the facts as they were but for the word", async () => {
    await told(...story);
    const { separations: _, ...before } = await digestTables(database.db);
    const member = await alertOf();
    for (const id of [declared, member]) {
      await setIncidentSeparation(context, declared, { member, apart: true, note: null });
      expect(await all()).toHaveLength(2);
      const whole = await setIncidentSeparation(context, id, { member, apart: false, note: null });
      expect(whole).toMatchObject({ id: declared, separated: [] });
      expect(whole.signs).toHaveLength(2);
    }
    expect(await digestTables(database.db)).toMatchObject(before);
  });

  it("survives a rebuild, and holds what is told later apart too", async () => {
    await told(...deployed, ...signals.slice(0, 2));
    await setIncidentSeparation(context, declared, { member: declared, apart: true, note: null });
    await told(...signals.slice(2));
    expect(await all()).toMatchObject([{ id: declared }, { separated: [{ id: declared }] }]);
    const live = await digestTables(database.db);
    const { config } = context;
    await rebuild({ url: database.url, config, clock: context.clock, log: () => undefined });
    expect(await digestTables(database.db)).toEqual(live);
  });

  it("leaves a verdict where it was given; joined, the latest word on any of them stands", async () => {
    await told(...deployed, ...signals.slice(0, 1));
    const member = await alertOf();
    await setCause(context, member, confirmed);
    expect(await failed()).toBe(1);
    await told(...signals.slice(1));
    expect(await readIncident(context, declared)).toMatchObject({
      verdict: { verdict: "confirmed" },
      cause: { ...deployment, by: "verdict" },
    });
    expect(await failed()).toBe(1);
    await setIncidentSeparation(context, declared, { member, apart: true, note: null });
    expect(await readIncident(context, member)).toMatchObject({ cause: deployment });
    expect((await readIncident(context, declared)).verdict).toBeNull();
    expect(await failed()).toBe(1);
    await setCause(context, declared, { ...confirmed, verdict: "none", changes: [] });
    const whole = await setIncidentSeparation(context, declared, {
      member,
      apart: false,
      note: null,
    });
    expect(whole).toMatchObject({ verdict: { verdict: "none" }, cause: null });
    expect(await failed()).toBe(0);
  });

  it("404 for what is no member of it, 409 for what stands alone", async () => {
    await told(...story, paged("P2", "triggered", "3 10:00"));
    const alone = publicId("incident", "pagerduty/P2");
    const part = (id: string, member: string, apart = true) =>
      setIncidentSeparation(context, id, { member, apart, note: null });
    await expect(part("nothing", declared)).rejects.toMatchObject({ code: "not_found" });
    await expect(part(declared, alone)).rejects.toMatchObject({ code: "not_found" });
    await expect(part(alone, alone)).rejects.toMatchObject({ code: "nothing_to_part" });
    expect(await part(alone, alone, false)).toMatchObject({ id: alone });
    const stranger = { ...context.actor, role: "viewer" } as Context["actor"];
    await expect(
      setIncidentSeparation({ ...context, actor: stranger }, declared, {
        member: declared,
        apart: true,
        note: null,
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await database.db.selectFrom("separations").selectAll().execute()).toEqual([]);
  });
});
