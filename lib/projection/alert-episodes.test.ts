import { expect, it } from "vitest";
import { clock, type Posted } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase();

/** A rule of Grafana's legacy alerting: neither a time nor an id of the episode. */
function rule(state: "alerting" | "ok", at: string): Posted {
  return {
    source: "graphs",
    provider: "grafana",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      ruleId: 7,
      ruleName: "Latency",
      state,
      tags: { service: "checkout", env: "production", severity: "critical" },
    }),
    receivedAt: new Date(clock(at)),
  };
}

const found = async () => ({
  alerts: await database.db.selectFrom("alerts").select(["started_at", "ended_at"]).execute(),
  incidents: await database.db
    .selectFrom("incidents")
    .select(["service", "opened_at", "resolved_at"])
    .execute(),
});
const moment = (at: string) => new Date(clock(at));

it("a rule that fires, ends and fires again is its last episode, and so is its incident", async () => {
  await database.told(rule("alerting", "10:20"), rule("ok", "10:50"));
  expect(await found()).toEqual({
    alerts: [{ started_at: moment("10:20"), ended_at: moment("10:50") }],
    incidents: [{ service: "checkout", opened_at: moment("10:20"), resolved_at: moment("10:50") }],
  });
  await database.told(rule("alerting", "2 09:00"));
  expect(await found()).toEqual({
    alerts: [{ started_at: moment("2 09:00"), ended_at: null }],
    incidents: [{ service: "checkout", opened_at: moment("2 09:00"), resolved_at: null }],
  });
});
