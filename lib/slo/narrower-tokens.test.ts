import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { deploymentRow } from "@/lib/metrics/testing";
import { listSloEvents } from "@/lib/slo/list-slo-events";
import { readBurnDown } from "@/lib/slo/read-burn-down";
import { readSlos } from "@/lib/slo/read-slos";
import { testContext } from "@/lib/testing/context";

const now = "2026-03-20T10:00:00Z";
const service = (name: string) => ({
  ...{ name, repository: `acme/${name}`, team: "payments" },
  ...{ dependsOn: [], paths: [], deployments: [] },
});

let database: TestDatabase;
let context: Context;
beforeAll(async () => {
  database = await testDatabase();
  context = await testContext(
    database,
    {
      teams: [{ name: "payments", timezone: "UTC" }],
      services: [service("checkout"), service("ledger")],
    },
    { clock: fixedClock(now) },
  );
  const at = new Date(Date.parse(now) - 3_600_000);
  await database.db
    .insertInto("deployments")
    .values(["checkout", "ledger"].map((name) => deploymentRow({ at, service: name })))
    .execute();
});
afterAll(() => database.close());

const reaching = (kind: "service" | "team", name: string): Context => ({
  ...context,
  actor: {
    kind: "token",
    id: "t",
    name: "narrow",
    scopes: ["read"],
    reach: { kind, name },
    expiresAt: null,
    byPrevious: false,
  },
});

const ofTeam = "deployment_duration:team:payments";

test("a token of a service hears nothing of its team's other services", async () => {
  const narrow = reaching("service", "checkout");
  const refused = { code: "not_found" };
  await expect(readSlos(narrow, { team: ["payments"] })).rejects.toMatchObject(refused);
  await expect(listSloEvents(narrow, ofTeam, { limit: 10 })).rejects.toMatchObject(refused);
  await expect(readBurnDown(narrow, ofTeam)).rejects.toMatchObject(refused);
});

test("a token of the team hears of all of them", async () => {
  const wide = reaching("team", "payments");
  expect((await readSlos(wide, { team: ["payments"] })).items).not.toEqual([]);
  expect((await listSloEvents(wide, ofTeam, { limit: 10 })).items).toHaveLength(2);
});
