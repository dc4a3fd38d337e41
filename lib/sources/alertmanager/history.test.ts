import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { clock, type Posted } from "@/lib/projection/testing";

const alert = (name: string, startsAt: string) => ({
  labels: { alertname: name, service: "checkout", environment: "production", severity: "critical" },
  annotations: { summary: `${name} of checkout` },
  startsAt,
  fingerprint: Buffer.from(name).toString("hex").padEnd(16, "0").slice(0, 16),
  generatorURL: "http://prometheus.example.com/graph",
});
const firing = [alert("HighErrorRate", clock("10:00")), alert("SlowCheckout", clock("10:05"))];

/** Alertmanager 0.28's API: one list, no pages, and a guessed end that moves. */
let asked = 0;
const world = new BackfillWorld({
  provider: "alertmanager",
  subject: "all",
  path: "/alertmanager",
  serve({ url }) {
    if (url.pathname === "/api/v2/status")
      return { json: { cluster: { status: "ready" }, versionInfo: { version: "0.28.1" } } };
    if (url.pathname !== "/api/v2/alerts") return undefined;
    asked += 1;
    expect(url.searchParams.get("silenced")).toBe("false");
    const status = { state: "active", silencedBy: [], inhibitedBy: [], mutedBy: [] };
    const endsAt = `2026-11-21T12:0${asked % 10}:00.000Z`;
    const more = { receivers: [{ name: "pushline" }], status, endsAt, updatedAt: endsAt };
    return { json: firing.map((one) => ({ ...one, ...more })) };
  },
});

const webhook = (alerts: object[], status: string): Posted => ({
  source: "alertmanager",
  provider: "alertmanager",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ version: "4", status, receiver: "pushline", alerts }),
  receivedAt: new Date(clock("10:30")),
});

describe("a backfill from Alertmanager", () => {
  holdsBackfillLaws(
    world,
    [
      webhook(
        firing.map((one) => ({ ...one, status: "firing", endsAt: "0001-01-01T00:00:00Z" })),
        "firing",
      ),
      webhook(
        firing.slice(0, 1).map((one) => ({ ...one, status: "resolved", endsAt: clock("10:40") })),
        "resolved",
      ),
    ],
    { alerts: 2, incidents: 1 },
  );

  it("ends nothing by the guessed end of a firing alert", async () => {
    await world.start();
    await world.complete();
    for (const { body } of await world.deliveries())
      expect(body.toString()).not.toContain("endsAt");
  });

  it("takes no name but all, and has to be told where it is", async () => {
    await expect(world.start({ subject: "checkout" })).rejects.toMatchObject({
      code: "invalid_field",
    });
    await expect(world.start({ api: null })).rejects.toThrow("Where its API is");
  });
});
