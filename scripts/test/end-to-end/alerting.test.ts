import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from "vitest";
import { readDeployment } from "@/lib/deployments/read-deployment";
import type { IncidentAnswer } from "@/lib/http/answers";
import { listIncidents } from "@/lib/incidents/list-incidents";
import { listDeliveries } from "@/lib/ingest/list-deliveries";
import { readSuspects } from "@/lib/matching/read-suspects";
import { type Pager, startAlertmanager, startPager } from "@/scripts/test/end-to-end/alertmanager";
import { deliverDeployment, revisionOf } from "@/scripts/test/end-to-end/github";
import type { Program } from "@/scripts/test/end-to-end/program";
import { ask, startPrometheus } from "@/scripts/test/end-to-end/prometheus";
import { type Pushline, secrets, startPushline } from "@/scripts/test/end-to-end/pushline";
import { type Service, startService } from "@/scripts/test/end-to-end/service";
import { findProgram } from "@/scripts/test/find-program";

const minute = 60_000;
const bound = { timeout: minute, interval: 250 };

const prometheusPath = findProgram("prometheus");
const alertmanagerPath = findProgram("prometheus-alertmanager") ?? findProgram("alertmanager");
const isMissing = prometheusPath === null || alertmanagerPath === null;
const reason =
  "Prometheus or Alertmanager is not installed (Debian: apt-get install prometheus prometheus-alertmanager)";
if (isMissing && process.env.CI)
  throw new Error(`The end-to-end test of alerting cannot run: ${reason}.`);
if (isMissing) console.warn(`Skipped, the end-to-end test of alerting: ${reason}.`);

const running: { close(): Promise<void> }[] = [];
let folder: string;
let pushline: Pushline;
let checkout: Service;
let pager: Pager;
let prometheus: Program;
let alertmanager: Program;

describe.skipIf(isMissing)("a real Prometheus and a real Alertmanager", () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "pushline-alerting-"));
    pushline = keep(await startPushline(folder));
    checkout = keep(await startService("checkout"));
    pager = keep(await startPager());
    alertmanager = keep(
      await startAlertmanager({
        path: alertmanagerPath ?? "",
        folder,
        pushline: pushline.url,
        token: secrets.ALERTS_TOKEN,
        pager: pager.url,
      }),
    );
    prometheus = keep(
      await startPrometheus({
        path: prometheusPath ?? "",
        folder,
        alertmanager: new URL(alertmanager.url).host,
        checkout: checkout.address,
        pushline: new URL(pushline.url).host,
        token: secrets.PUSHLINE_TOKEN,
      }),
    );
  }, 2 * minute);

  afterAll(async () => {
    const complaints: unknown[] = [];
    for (const { close } of running.reverse())
      await close().catch((error) => complaints.push(error));
    rmSync(folder, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  });

  it(
    "open one incident, whose first suspect is the deployment, and resolve it",
    async () => {
      onTestFailed(() =>
        console.error([prometheus.said(), alertmanager.said(), ...pushline.said].join("\n")),
      );
      await quietBefore();
      await ship(2, "1.42.0", Date.now());
      checkout.serve("1.41.0", 40, 0.002);
      checkout.serve("1.42.0", 40, 0.6);
      const incident = await opened();
      const suspect = await firstSuspect(incident, "checkout 1.42.0");
      await repeatsChangeNothing(incident);
      await ship(3, "1.41.0", Date.now());
      checkout.serve("1.41.0", 80, 0.002);
      checkout.serve("1.42.0", 0, 0);
      await resolved(incident);
      await blamed(incident, suspect);
      // Whoever was told before Pushline came is told still.
      await vi.waitFor(() => expect(pager.told).toEqual(["firing", "resolved"]), bound);
    },
    2 * minute,
  );
});

/** Two hours of the old version, the last five minutes of them in metrics, and no incident. */
async function quietBefore(): Promise<void> {
  const now = Date.now();
  checkout.serve("1.41.0", 80, 0.002, now - 5 * minute);
  checkout.exportTo(pushline.url, secrets.PUSHLINE_TOKEN, now - 5 * minute);
  await ship(1, "1.41.0", now - 120 * minute);
  await vi.waitFor(async () => {
    expect(await ask(prometheus, 'up{job="checkout"}')).toBe(1);
    expect(await ask(prometheus, 'up{job="pushline"}')).toBe(1);
  }, bound);
  expect(await incidents()).toEqual([]);
}

async function opened(): Promise<IncidentAnswer> {
  const incident = await vi.waitFor(async () => only(await incidents()), bound);
  expect(incident).toMatchObject({
    title: "CheckoutErrors on checkout",
    service: "checkout",
    environment: "production",
    severity: "critical",
    resolvedAt: null,
  });
  expect(only(incident.alerts)).toMatchObject({
    name: "CheckoutErrors",
    summary: "More than 5 % of checkout's requests fail.",
    endedAt: null,
  });
  return incident;
}

/** The deployment's id. */
async function firstSuspect(incident: IncidentAnswer, label: string): Promise<string> {
  const { suspects, rollback } = await vi.waitFor(async () => {
    const answer = await readSuspects(pushline.context, incident.id, null);
    expect(answer.suspects[0]).toMatchObject({ kind: "deployment", label });
    return answer;
  }, bound);
  expect(rollback).toMatchObject({ version: "1.41.0", revision: revisionOf("1.41.0") });
  return suspects[0]?.id ?? "";
}

/** By Pushline's own count, which the real Prometheus scrapes. */
async function repeatsChangeNothing(incident: IncidentAnswer): Promise<void> {
  const duplicates = 'pushline_deliveries_received_total{source="alerts",outcome="duplicate"}';
  await vi.waitFor(
    async () => expect(await ask(prometheus, duplicates)).toBeGreaterThanOrEqual(3),
    bound,
  );
  const delivery = only(await alertDeliveries());
  expect(delivery).toMatchObject({ event: "group.firing", outcome: "accepted" });
  expect(delivery.facts).toContainEqual({ type: "alert", id: incident.alerts[0]?.id });
  expect(only(await incidents()).alerts).toEqual(incident.alerts);
}

async function resolved(incident: IncidentAnswer): Promise<void> {
  const now = await vi.waitFor(async () => {
    const one = only(await incidents());
    expect(one.resolvedAt).not.toBeNull();
    return one;
  }, bound);
  expect(now).toMatchObject({ id: incident.id, openedAt: incident.openedAt });
  const { resolvedAt } = now;
  expect(now.alerts).toEqual([{ ...incident.alerts[0], endedAt: resolvedAt }]);
  const events = (await alertDeliveries()).map(({ event }) => event);
  expect(events).toEqual(["group.resolved", "group.firing"]);
}

/** Judged once more at resolution: by then both versions have reported side by side. */
async function blamed(incident: IncidentAnswer, suspect: string): Promise<void> {
  await vi.waitFor(async () => {
    const { suspects } = await readSuspects(pushline.context, incident.id, null);
    expect(suspects[0]?.id).toBe(suspect);
    expect(suspects[0]?.evidence).toContainEqual(
      expect.objectContaining({ name: "only_the_new_version", state: "supports" }),
    );
    expect(await readDeployment(pushline.context, suspect)).toMatchObject({
      version: "1.42.0",
      failed: true,
      failure: { incident: incident.id, heldBy: "rollback" },
    });
  }, bound);
}

function keep<Started extends { close(): Promise<void> }>(one: Started): Started {
  running.push(one);
  return one;
}

function ship(id: number, version: string, at: number): Promise<void> {
  const webhook = {
    url: `${pushline.url}/api/webhooks/github`,
    secret: secrets.GITHUB_WEBHOOK_SECRET,
  };
  const times = { startedAt: at - 1_000, finishedAt: at };
  return deliverDeployment(webhook, { id, repository: "acme/checkout", version, ...times });
}

async function incidents(): Promise<IncidentAnswer[]> {
  return (await listIncidents(pushline.context, { limit: 50 })).items;
}

async function alertDeliveries() {
  return (await listDeliveries(pushline.context, { source: ["alerts"], limit: 50 })).items;
}

function only<Item>(items: readonly Item[]): Item {
  expect(items).toHaveLength(1);
  return items[0] as Item;
}
