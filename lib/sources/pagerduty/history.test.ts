import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { itemsPerPage } from "@/lib/backfill/testing-api";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { type Posted, settleAll } from "@/lib/projection/testing";
import { pagerdutyHistory } from "@/lib/sources/pagerduty/history";

const reference = (id: string, type: string, summary: string) => ({
  id,
  type: `${type}_reference`,
  summary,
  self: `https://api.pagerduty.com/${type}s/${id}`,
  html_url: `https://acme.pagerduty.com/${type}s/${id}`,
});
const incident = (id: string, created_at: string, status: string) => ({
  ...reference(id, "incident", `[#1] ${id}`),
  type: "incident",
  title: `Checkout is slow (${id})`,
  incident_number: 1,
  created_at,
  status,
  incident_key: null,
  urgency: "high",
  priority: id === "P3" ? { ...reference("PRIO1", "priority", "P1"), name: "P1" } : null,
  service: reference("PSVC01", "service", "checkout"),
  assignments: [{ at: created_at, assignee: reference("PUSER1", "user", "Ana") }],
  last_status_change_at: created_at,
});
/** More than a stretch apart, oldest first. */
const incidents = [
  incident("P1", "2025-06-01T10:00:00Z", "resolved"),
  incident("P2", "2026-03-01T10:00:00Z", "resolved"),
  incident("P3", "2026-11-03T10:00:00Z", "acknowledged"),
  incident("P4", "2026-11-03T18:00:00Z", "resolved"),
  incident("P5", "2026-11-04T10:00:00Z", "triggered"),
];
const after = (one: (typeof incidents)[number], minutes: number) =>
  new Date(Date.parse(one.created_at) + minutes * 60_000).toISOString().replace(".000", "");
const happened = (one: (typeof incidents)[number]) => [
  { word: "triggered", type: "trigger_log_entry", at: one.created_at },
  ...(one.status === "triggered"
    ? []
    : [{ word: "acknowledged", type: "acknowledge_log_entry", at: after(one, 4) }]),
  ...(one.status === "resolved"
    ? [{ word: "resolved", type: "resolve_log_entry", at: after(one, 30) }]
    : []),
];

/** PagerDuty's REST API in classic pages: `limit`, `offset`, `more`. */
const stretches: string[] = [];
const world = new BackfillWorld({
  provider: "pagerduty",
  subject: "all",
  path: "",
  serve({ url: { pathname, searchParams } }) {
    const offset = Number(searchParams.get("offset") ?? 0);
    const limit = Number(searchParams.get("limit"));
    const log = /^\/incidents\/(P\d)\/log_entries$/.exec(pathname)?.[1];
    if (log) {
      const one = incidents.find(({ id }) => id === log);
      const entries = (one ? happened(one) : []).map(({ type, at }, index) => ({
        id: `R${index}`,
        type,
        created_at: at,
        agent: reference("PUSER1", "user", "Ana"),
      }));
      const notified = { id: "RN", type: "notify_log_entry", created_at: "2026-11-03T10:00:01Z" };
      return { json: { log_entries: [...entries, notified], limit, offset, more: false } };
    }
    if (pathname !== "/incidents") return undefined;
    if (searchParams.get("date_range") === "all" && limit === 1) {
      const edge = searchParams.get("sort_by") === "created_at:asc" ? 0 : -1;
      return { json: { incidents: incidents.slice(edge).slice(0, 1), limit, offset, more: true } };
    }
    const [since, until] = [searchParams.get("since") ?? "", searchParams.get("until") ?? ""];
    if (Date.parse(until) - Date.parse(since) > 183 * 86_400_000) return undefined;
    stretches.push(since);
    const asMillis = (one: (typeof incidents)[number]) => new Date(one.created_at).toISOString();
    const found = incidents.filter((one) => asMillis(one) >= since && asMillis(one) < until);
    // Asked for a hundred it answers two, so that a page of it is one of ours.
    const first = (offset / limit) * itemsPerPage;
    const more = found.length > first + itemsPerPage;
    return { json: { incidents: found.slice(first, first + itemsPerPage), limit, offset, more } };
  },
});

const webhooks: Posted[] = incidents.flatMap((one) =>
  happened(one).map(({ word, at }) => ({
    source: "pagerduty",
    provider: "pagerduty",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      event: {
        id: `E-${one.id}-${word}`,
        event_type: `incident.${word}`,
        resource_type: "incident",
        occurred_at: at,
        data: { ...one, status: word },
      },
    }),
    receivedAt: new Date(at),
  })),
);

describe("a backfill from PagerDuty", () => {
  holdsBackfillLaws(world, webhooks, { incidents: incidents.length });

  it("knows when each was opened, taken and resolved, and its severity", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("incidents").selectAll().orderBy("opened_at").execute();
    expect(rows[0]).toMatchObject({
      title: "Checkout is slow (P1)",
      severity: "high",
      opened_at: new Date("2025-06-01T10:00:00Z"),
      acknowledged_at: new Date("2025-06-01T10:04:00Z"),
      resolved_at: new Date("2025-06-01T10:30:00Z"),
    });
    expect(rows[2]).toMatchObject({ severity: "P1", resolved_at: null });
  });

  it("asks by stretches that PagerDuty answers, from the first incident to the last", async () => {
    stretches.length = 0;
    await world.start();
    await world.complete();
    expect(new Set(stretches).size).toBeGreaterThan(3);
    expect([...stretches].sort()).toEqual(stretches);
    expect(stretches[0]).toBe("2025-06-01T10:00:00.000Z");
  });

  it("asks for nothing older than was wanted, as PagerDuty's header has it", async () => {
    await world.start({ since: new Date("2026-11-01T00:00:00Z") });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ incidents: 3 });
    expect(world.api.tokens).toEqual(new Set(["Token token=a-secret-token"]));
  });

  it("of a service that it does not know says so", async () => {
    await world.start({ subject: "PNONE1" });
    expect(await world.complete()).toMatchObject({
      state: "failed",
      error: expect.stringContaining("knows nothing of this name"),
    });
  });

  it("begins a new stretch where one lists more than PagerDuty would page through", () => {
    const [phase] = pagerdutyHistory.phases;
    const asked = { subject: "all", details: {}, since: null, wantsPaths: false };
    const page = { incidents: [{ id: "P1", created_at: "2026-02-01T10:00:00Z" }], more: true };
    const path = "/incidents?since=2026-01-01T00%3A00%3A00Z&limit=100&offset=9900";
    const { next } = phase?.readPage(page, asked, path) ?? {};
    expect(next).toContain("since=2026-02-01T10%3A00%3A00.000Z");
    expect(next).not.toContain("offset");
  });
});
