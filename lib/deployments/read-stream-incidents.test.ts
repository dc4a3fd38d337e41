import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { readStreamIncidents } from "./read-stream-incidents";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const stream = { service: "shop", environment: "production" };
const at = new Date("2026-11-02T10:00:00Z");

async function tell(id: string, verdict: "confirmed" | "none" | null) {
  await database.db
    .insertInto("incidents")
    .values({
      id,
      title: "5xx above 2 %",
      ...stream,
      tier: "production",
      team: null,
      severity: "critical",
      opened_at: at,
      acknowledged_at: null,
      resolved_at: null,
      first_sign_at: at,
      url: null,
      declared_cause: "d1",
      members: [id],
      sources: JSON.stringify([{ source: "tracker", key: "tracker/acme/shop#12" }]),
    })
    .execute();
  if (verdict === null) return;
  await database.db
    .insertInto("verdicts")
    .values({
      incident_id: id,
      verdict,
      changes: JSON.stringify(verdict === "confirmed" ? [{ kind: "deployment", id: "d2" }] : []),
      rejected: JSON.stringify([]),
      note: null,
      actor: "ana",
      at,
    })
    .execute();
}

test("a person's word on the cause replaces what the sender declared", async () => {
  await tell("declared", null);
  await tell("judged", "confirmed");
  await tell("acquitted", "none");
  const wanted = { deployments: ["d1", "d2"], from: null };
  const read = await readStreamIncidents(database.db, stream, wanted, 0.8);
  const confirmed = Object.fromEntries(read.map((one) => [one.id, one.confirmed]));
  expect(confirmed).toEqual({ declared: ["d1"], judged: ["d2"], acquitted: [] });
  expect(read[0]?.names).toEqual(["#12"]);
});
