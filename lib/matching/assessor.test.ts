import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Clock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { findIncident } from "@/lib/incidents/list-incidents";
import { judgeDue, lookForMore } from "@/lib/matching/assessor";
import { readSuspects } from "@/lib/matching/read-suspects";
import { rollbackCommand } from "@/lib/matching/rollback";
import { deploymentRow, insertDeployments } from "@/lib/metrics/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
let now = new Date("2026-03-03T14:33:00Z");
const clock: Clock = { now: () => now };
const at = (text: string) => new Date(`2026-03-03T${text}Z`);

beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock });
  await database.db
    .insertInto("incidents")
    .values({
      id: "incident",
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
      members: ["incident", "member"],
      sources: "[]",
    })
    .execute();
  await insertDeployments(database.db, [
    deploymentRow({ id: "good", at: at("09:00:00"), version: "2.480.2", revision: "aaa" }),
    deploymentRow({ id: "guilty", at: at("14:29:41"), version: "2.481.0", revision: "bbb" }),
  ]);
});
afterAll(() => database.close());

async function occasions(): Promise<string[]> {
  const rows = await database.db
    .selectFrom("assessments")
    .select("occasion")
    .orderBy("assessed_at")
    .execute();
  return rows.map((row) => row.occasion);
}

test("an incident is judged when it opens, 5 and 30 minutes later, and at its resolution, once each", async () => {
  expect(await judgeDue(context)).toBe(1);
  expect(await judgeDue(context)).toBe(0);
  now = at("14:38:00");
  expect(await judgeDue(context)).toBe(1);
  await database.db
    .updateTable("incidents")
    .set({ resolved_at: at("14:50:00") })
    .execute();
  now = at("14:51:00");
  expect(await judgeDue(context)).toBe(1);
  now = at("15:10:00");
  expect(await judgeDue(context)).toBe(1);
  expect(await judgeDue(context)).toBe(0);
  expect(await occasions()).toEqual(["opened", "after_5_minutes", "resolved", "after_30_minutes"]);
});

test("the stored answer names the suspect and what to go back to, under any member's id", async () => {
  const answer = await readSuspects(context, "member", null);
  expect(answer.suspects[0]).toMatchObject({ kind: "deployment", id: "guilty" });
  expect(answer.assessedAt).toBe(at("15:10:00").toISOString());
  expect(answer.rollback).toMatchObject({ to: "good", version: "2.480.2" });
});

test("?at answers with what was known then", async () => {
  const answer = await readSuspects(context, "incident", at("14:40:00"));
  expect(answer.assessedAt).toBe(at("14:38:00").toISOString());
});

test("judging marks the incident's stream and the suspects' for derivation", async () => {
  const streams = await database.db.selectFrom("streams").selectAll().execute();
  expect(streams).toEqual([
    expect.objectContaining({ service: "checkout", environment: "production" }),
  ]);
});

test("a deployment that is told of late has the incident judged anew", async () => {
  now = at("15:20:00");
  expect(await lookForMore(context)).toBe(0);
  now = at("15:21:00");
  await database.db
    .insertInto("deliveries")
    .values({
      source: "test",
      provider: "native",
      event: "deployment",
      dedupe_key: Buffer.from("late"),
      headers: "{}",
      body: Buffer.from("{}"),
      actor: null,
      received_at: now,
      outcome: "accepted",
      error: null,
      error_code: null,
      facts: JSON.stringify([{ type: "deployment", id: "guilty" }]),
      projected_at: now,
    })
    .execute();
  // What has just been told of may not all be committed.
  expect(await lookForMore(context)).toBe(0);
  now = at("15:21:30");
  expect(await lookForMore(context)).toBe(1);
  expect(await lookForMore(context)).toBe(0);
  expect(await judgeDue(context)).toBe(1);
  expect(await judgeDue(context)).toBe(0);
  expect((await occasions()).at(-1)).toBe("more_known");
});

test("an incident that nobody knows is not found", async () => {
  await expect(findIncident(context, "nobody")).rejects.toMatchObject({ code: "not_found" });
});

test("a rollback command quotes what a shell would read", () => {
  const target = {
    repository: null,
    revision: null,
    version: "1",
    environment: "prod",
    service: "a; rm -rf /",
  };
  expect(rollbackCommand(target)).toBe(
    "kubectl rollout undo deployment/'a; rm -rf /' --namespace prod",
  );
  expect(rollbackCommand({ ...target, repository: "acme/checkout", revision: "4f2c" })).toContain(
    "repos/acme/checkout/deployments -f ref=4f2c",
  );
});
