import { type Insertable, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IncidentsTable } from "@/db/schema/signals";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { assessIncident } from "@/lib/matching/assess-incident";
import { judgeDue, lookForMore } from "@/lib/matching/assessor";
import { readDue } from "@/lib/matching/read-due";
import { deploymentRow, insertDeployments } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
let now: Date;
const at = (text: string) => new Date(`2026-03-03T${text}Z`);
const lines: string[] = [];
const judge = () => judgeDue(context, (line) => lines.push(line));

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: { now: () => now } });
});
afterAll(() => database.close());
beforeEach(async () => {
  now = at("14:33:00");
  lines.length = 0;
  for (const table of ["incidents", "assessments", "instance_settings", "deliveries"] as const)
    await database.db.deleteFrom(table).execute();
});

const row = (id: string, more: Partial<Insertable<IncidentsTable>> = {}) => ({
  id,
  title: "HighErrorRate",
  service: "checkout",
  environment: "production",
  tier: "production",
  team: null,
  severity: "critical",
  opened_at: at("14:32:10"),
  acknowledged_at: null,
  resolved_at: null,
  first_sign_at: at("14:32:10"),
  url: null,
  declared_cause: null,
  members: [id],
  sources: "[]",
  ...more,
});
const open = (...rows: ReturnType<typeof row>[]) =>
  database.db.insertInto("incidents").values(rows).execute();
/** Signs of as many sources. */
const signs = (...members: string[]) => ({
  members,
  sources: JSON.stringify(members.map((key) => ({ source: `source of ${key}`, key }))),
});
const change = (id: string, to: Partial<Insertable<IncidentsTable>>) =>
  database.db.updateTable("incidents").set(to).where("id", "=", id).execute();
const awaited = async () =>
  (
    await database.db
      .selectFrom("awaited_judgements")
      .select(["incident_id", "occasion"])
      .orderBy("incident_id")
      .orderBy("occasion")
      .execute()
  ).map(({ incident_id, occasion }) => `${incident_id} ${occasion}`);
const judged = async (incident: string) =>
  (
    await database.db
      .selectFrom("assessments")
      .select("occasion")
      .where("incident_id", "=", incident)
      .orderBy("occasion")
      .execute()
  ).map(({ occasion }) => occasion);
/** Judges all that is due, however many slices that is. */
const judgeAll = async () => {
  let all = 0;
  for (let slice = -1; slice !== 0; all += slice) slice = await judge();
  return all;
};

describe("what is awaited of an incident", () => {
  test("its first judgement at once, then 5 and 30 minutes after that", async () => {
    await open(row("a"));
    expect(await awaited()).toEqual(["a opened"]);
    expect(await judge()).toBe(1);
    expect(await awaited()).toEqual(["a after_30_minutes", "a after_5_minutes"]);
    now = at("14:37:59");
    expect(await judge()).toBe(0);
    now = at("14:38:00");
    expect(await judge()).toBe(1);
    expect(await awaited()).toEqual(["a after_30_minutes"]);
    now = at("15:02:59");
    expect(await judge()).toBe(0);
    now = at("15:03:00");
    expect(await judge()).toBe(1);
    expect(await awaited()).toEqual([]);
    expect(await judged("a")).toEqual(["after_30_minutes", "after_5_minutes", "opened"]);
  });

  test("one at its resolution, and at the next one after it was opened again", async () => {
    await open(row("a"));
    await judge();
    await change("a", { resolved_at: at("14:34:00") });
    await change("a", { resolved_at: at("14:34:10") });
    expect(await awaited()).toContain("a resolved");
    await change("a", { resolved_at: null });
    expect(await awaited()).not.toContain("a resolved");
    await change("a", { resolved_at: at("14:35:00") });
    now = at("14:37:00");
    expect(await judge()).toBe(1);
    await change("a", { resolved_at: at("14:35:10"), title: "the same resolution, put right" });
    expect(await judge()).toBe(0);
    await change("a", { resolved_at: null });
    await change("a", { resolved_at: at("14:36:00") });
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
  });

  test("all at once of what is told of when it is over", async () => {
    await open(row("a", { resolved_at: at("14:32:50") }));
    expect(await awaited()).toEqual(["a opened", "a resolved"]);
    expect(await judge()).toBe(1);
    expect(await judged("a")).toEqual(["opened", "resolved"]);
  });

  test("nothing once it is gone, and what is left of it when it comes again", async () => {
    await open(row("a"));
    await judge();
    await database.db.deleteFrom("incidents").execute();
    expect(await awaited()).toEqual([]);
    now = at("16:00:00");
    expect(await judge()).toBe(0);
    await open(row("a"));
    expect(await awaited()).toEqual(["a after_30_minutes", "a after_5_minutes"]);
  });

  test("another, once, when another source joined it or a sign parted from it", async () => {
    await open(row("a"));
    await change("a", signs("a", "b"));
    expect(await awaited()).toEqual(["a opened"]);
    await judge();
    await change("a", signs("b", "a"));
    expect(await awaited()).not.toContain("a regrouped");
    await change("a", signs("a", "b", "c"));
    expect(await awaited()).toContain("a regrouped");
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
    await change("a", { members: ["a", "b", "c", "d"] });
    expect(await judge()).toBe(0);
    await change("a", signs("a"));
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
  });

  test("another of a whole that goes by another id than the part that was judged", async () => {
    await open(row("a"));
    await judge();
    await database.db.deleteFrom("incidents").execute();
    await open(row("whole", { members: ["whole", "a"] }));
    expect(await awaited()).toEqual([
      "whole after_30_minutes",
      "whole after_5_minutes",
      "whole regrouped",
    ]);
    expect(await judge()).toBe(1);
    expect(await judged("whole")).toEqual(["regrouped"]);
  });
});

describe("judging", () => {
  test("goes by slices, the latest first, through the index of what is awaited", async () => {
    await open(
      ...Array.from({ length: 60 }, (_, index) => {
        const first = new Date(at("10:00:00").getTime() + index * 60_000);
        return row(`i${String(index).padStart(2, "0")}`, {
          opened_at: first,
          first_sign_at: first,
        });
      }),
    );
    expect(await judge()).toBe(25);
    const first = await database.db.selectFrom("assessments").select("incident_id").execute();
    expect(first.map((each) => each.incident_id).sort()[0]).toBe("i35");
    expect(await judge()).toBe(25);
    expect(await judge()).toBe(10);
    expect(await judge()).toBe(0);
    const { rows } = await database.db.transaction().execute(async (trx) => {
      await sql`set local enable_seqscan = off`.execute(trx);
      return sql<{ "QUERY PLAN": string }>`
        explain select incident_id, due_at from awaited_judgements
        where due_at <= ${now} order by due_at desc, incident_id limit 25`.execute(trx);
    });
    const plan = rows.map((line) => line["QUERY PLAN"]).join("\n");
    expect(plan).toContain("awaited_judgements_by_time");
    expect(plan).not.toContain("Sort");
  });

  test("that fails is put off, longer each time, and holds up no other", async () => {
    await open(row("bad"), row("good"));
    await sql`
      create function refuse_bad() returns trigger language plpgsql as $$
      begin raise exception 'no judgement of this one'; end $$`.execute(database.db);
    await sql`
      create trigger refuse_bad before insert on assessments for each row
      when (new.incident_id = 'bad') execute function refuse_bad()`.execute(database.db);
    expect(await judge()).toBe(2);
    expect(await judged("good")).toEqual(["opened"]);
    expect(lines).toEqual(["Incident bad could not be judged: no judgement of this one"]);
    for (const [early, late] of [
      ["14:33:04", "14:33:05"],
      ["14:33:14", "14:33:15"],
      ["14:33:34", "14:33:35"],
    ] as const) {
      now = at(early);
      expect(await judge()).toBe(0);
      now = at(late);
      expect(await judge()).toBe(1);
    }
    await sql`drop trigger refuse_bad on assessments`.execute(database.db);
    now = at("15:00:00");
    expect(await judgeAll()).toBe(2);
    expect(await judged("bad")).toEqual(["opened"]);
  });

  test("anew where more is known concerns every incident, and none twice", async () => {
    await open(...Array.from({ length: 40 }, (_, index) => row(`i${index}`)), row("never"));
    await change("never", { service: "elsewhere" });
    expect(await judgeAll()).toBe(41);
    expect(await lookForMore(context)).toBe(0);
    await insertDeployments(database.db, [
      deploymentRow({ id: "late", at: at("14:30:00"), revision: "ccc" }),
    ]);
    now = at("14:34:00");
    for (const key of ["one", "two"])
      await database.db
        .insertInto("deliveries")
        .values({
          source: "test",
          provider: "native",
          event: "deployment",
          dedupe_key: Buffer.from(key),
          headers: "{}",
          body: Buffer.from("{}"),
          actor: null,
          received_at: now,
          outcome: "accepted",
          error: null,
          error_code: null,
          facts: JSON.stringify([{ type: "deployment", id: "late" }]),
          projected_at: now,
        })
        .execute();
    now = at("14:35:00");
    expect(await lookForMore(context)).toBe(40);
    expect(await judgeAll()).toBe(40);
    expect(await judged("i39")).toEqual(["more_known", "opened"]);
    expect(await judged("never")).toEqual(["opened"]);
  });

  test("is not ended by what was asked for before it was asked for once more", async () => {
    await open(row("a"));
    await judge();
    await change("a", signs("a", "b"));
    const [due] = await readDue(database.db, now);
    await change("a", signs("a", "b", "c"));
    if (!due) throw new Error("It is due.");
    await assessIncident(context, due);
    expect(await judged("a")).toEqual(["opened", "regrouped"]);
    expect(await awaited()).toContain("a regrouped");
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
  });

  test("keeps nothing of an incident that went meanwhile", async () => {
    await open(row("a"));
    const [due] = await readDue(database.db, now);
    await database.db.deleteFrom("incidents").execute();
    if (!due) throw new Error("It is due.");
    await assessIncident(context, due);
    expect(await judged("a")).toEqual([]);
  });
});
