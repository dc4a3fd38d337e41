import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { requestFor } from "@/scripts/demo/requests";
import { simulate } from "@/scripts/demo/simulate";
import type { Settings } from "@/scripts/demo/simulation";
import { truthOf } from "@/scripts/demo/truth";
import { worldOf } from "@/scripts/demo/world";

const settings: Settings = {
  seed: "a",
  now: Date.parse("2026-11-21T14:00:00Z"),
  days: 90,
  scale: 1,
  short: false,
};
const whole = simulate(worldOf(), settings);
const truth = truthOf(whole);

const digest = (simulation: typeof whole) => {
  const hash = createHash("sha256");
  for (const event of simulation.events) {
    const { path, headers, body } = requestFor(event, { token: "t" });
    hash.update(path).update(JSON.stringify(headers)).update(body);
  }
  return hash.digest("hex");
};

describe("the simulated history", () => {
  it("is the same to the byte for the same seed and end, and another for another", () => {
    const short = { ...settings, days: 6 };
    const first = digest(simulate(worldOf(), short));
    expect(digest(simulate(worldOf(), short))).toBe(first);
    expect(digest(simulate(worldOf(), { ...short, seed: "b" }))).not.toBe(first);
    expect(digest(simulate(worldOf(), { ...short, now: short.now + 1000 }))).not.toBe(first);
  });

  it("tells everything in the order of time, and nothing after its end", () => {
    for (const [index, event] of whole.events.entries()) {
      expect(event.at).toBeLessThanOrEqual(settings.now);
      expect(event.at).toBeGreaterThanOrEqual(whole.events[index - 1]?.at ?? 0);
    }
  });

  it("has a plausible organisation: several deployments a day, five to twelve per cent of them failed", () => {
    expect(Object.keys(truth.services).length).toBeGreaterThanOrEqual(12);
    expect(truth.total.deployments).toBeGreaterThan(900);
    expect(truth.total.failRate).toBeGreaterThan(0.05);
    expect(truth.total.failRate).toBeLessThan(0.12);
    for (const figures of Object.values(truth.services))
      expect(figures.deployments).toBeGreaterThan(10);
  });

  it("shows every story of the script", () => {
    expect(whole.scripted).toEqual([]);
    const stories = new Set(truth.incidents.map(({ story }) => story));
    for (const story of [
      "error_spike",
      "fixed_forward",
      "reverted",
      "declared_hotfix",
      "memory_leak",
      "dependency_outage",
      "ten_deployments_meanwhile",
      "fix_that_did_not_help",
      "rolled_back_over_another",
      "flag_caused",
      "configuration_caused",
      "certificate_expired",
      "traffic_surge",
      "third_party_outage",
      "database_failover",
      "open_at_the_end",
    ])
      expect(stories).toContain(story);
    expect(truth.total.failedAttempts).toBeGreaterThan(0);
    expect(truth.total.canceled).toBeGreaterThan(0);
    expect(truth.total.redeploys).toBeGreaterThan(0);
  });

  it("names a cause for every incident, which came before it", () => {
    for (const { cause, openedAt, faultStartedAt } of truth.incidents) {
      expect(Date.parse(openedAt)).toBeGreaterThan(Date.parse(faultStartedAt));
      if (cause.kind === "none") continue;
      if (cause.kind === "deployment") {
        const guilty = truth.deployments.find(({ key }) => key === cause.key);
        expect(guilty).toMatchObject({
          failed: true,
          environment: "production",
          source: cause.source,
        });
        expect(Date.parse(guilty?.startedAt ?? "")).toBeLessThanOrEqual(Date.parse(faultStartedAt));
      } else {
        const guilty = truth.releases.find(({ key }) => key === cause.key);
        expect(guilty).toMatchObject({ failed: true });
        expect(Date.parse(guilty?.at ?? "")).toBeLessThanOrEqual(Date.parse(faultStartedAt));
      }
    }
  });

  it("names a cause in a review only by an id of the same source", () => {
    const declared = truth.incidents.filter((incident) => incident.declared);
    expect(declared.length).toBeGreaterThan(0);
    for (const { cause } of declared) expect(cause).toMatchObject({ source: "pipeline" });
  });

  it("blames a dependency's deployment for what fires at those who depend on it", () => {
    const outage = truth.incidents.filter(
      ({ story, cause }) => story === "dependency_outage" && cause.kind === "deployment",
    );
    const elsewhere = outage.filter(({ service, cause }) => {
      const guilty = truth.deployments.find(
        ({ key }) => cause.kind !== "none" && key === cause.key,
      );
      const dependsOn = worldOf().services.find(({ name }) => name === service)?.dependsOn ?? [];
      return guilty && guilty.service !== service && dependsOn.includes(guilty.service);
    });
    expect(elsewhere.length).toBeGreaterThanOrEqual(3);
  });

  it("ships at least ten ordinary changes while the long incident is open, all written before it", () => {
    const long = truth.incidents.find(({ story }) => story === "ten_deployments_meanwhile");
    const meanwhile = truth.deployments.filter(
      ({ service, environment, startedAt, kind }) =>
        service === long?.service &&
        environment === "production" &&
        kind === "deploy" &&
        (startedAt ?? "") > (long?.openedAt ?? "") &&
        (startedAt ?? "") < (long?.resolvedAt ?? ""),
    );
    expect(meanwhile.length).toBeGreaterThanOrEqual(10);
    const written = new Map(
      whole.events.flatMap((event) =>
        event.type === "pull_request" && event.pullRequest.mergeSha
          ? [[event.pullRequest.mergeSha, event.pullRequest.branch] as const]
          : [],
      ),
    );
    for (const { revision } of meanwhile) {
      const branch = written.get(revision);
      const commits = whole.events.flatMap((event) =>
        event.type === "push" && event.push.branch === branch ? event.push.commits : [],
      );
      const first = Math.min(...commits.map(({ authoredAt }) => authoredAt));
      expect(first).toBeLessThan(Date.parse(long?.faultStartedAt ?? ""));
    }
  });

  it("gives every rollback a revision that ran there before, and never two running at once", () => {
    for (const service of Object.keys(truth.services)) {
      const stream = truth.deployments.filter(
        (one) =>
          one.service === service && one.environment === "production" && one.status === "succeeded",
      );
      for (const [index, one] of stream.entries()) {
        const before = stream.slice(0, index);
        expect(one.startedAt ?? "").toSatisfy(
          (at: string) => at >= (before.at(-1)?.finishedAt ?? ""),
        );
        if (one.kind === "rollback") {
          expect(before.some(({ revision }) => revision === one.revision)).toBe(true);
          expect(before.at(-1)?.revision).not.toBe(one.revision);
        }
        if (one.kind === "redeploy") expect(before.at(-1)?.revision).toBe(one.revision);
      }
    }
  });

  it("has no bad deployment near another incident of those who would fire, however busy", () => {
    const { incidents } = truthOf(simulate(worldOf(), { ...settings, scale: 5, short: true }));
    for (const service of Object.keys(truth.services)) {
      const own = incidents.filter((incident) => incident.service === service);
      for (const [index, { openedAt, cause, story }] of own.entries()) {
        if (cause.kind !== "deployment" || Date.parse(openedAt) > settings.now - 86_400_000)
          continue;
        const calm = Date.parse(openedAt) - Date.parse(own[index - 1]?.resolvedAt ?? "1970-01-01");
        expect(calm, `${story} of ${service}`).toBeGreaterThan(30 * 60_000);
      }
    }
  }, 60_000);

  it("shares no revision and no number with a history of another end", () => {
    const named = (simulation: typeof whole): (string | number | null)[] =>
      simulation.events.flatMap((event): (string | number | null)[] => {
        if (event.type === "push") return [event.push.before, event.push.after];
        if (event.type === "run") return [event.run.id];
        return event.type === "deployment" ? [event.deployment.key] : [];
      });
    const short = { ...settings, days: 6 };
    const one = new Set(named(simulate(worldOf(), short)));
    const other = named(simulate(worldOf(), { ...short, now: short.now + 1000 }));
    expect(other.filter((name) => name !== null && one.has(name))).toEqual([]);
  });

  it("ends with an open incident, a rollout half way, a queued build and one that runs", () => {
    const open = truth.incidents.filter(({ resolvedAt }) => resolvedAt === null);
    expect(open).toMatchObject([{ story: "open_at_the_end", service: "checkout" }]);
    const age = settings.now - Date.parse(open[0]?.openedAt ?? "");
    expect(age).toBeGreaterThanOrEqual(4 * 60_000);
    expect(age).toBeLessThanOrEqual(10 * 60_000);
    const rolling = truth.deployments.filter(
      ({ status, environment }) => status === "running" && environment === "production",
    );
    expect(rolling.map(({ service }) => service)).toContain("search");
    const runs = new Map(
      whole.events.flatMap((event) =>
        event.type === "run" ? [[`${event.run.id}/${event.run.attempt}`, event.run.status]] : [],
      ),
    );
    expect([...runs.values()]).toContain("queued");
    expect([...runs.values()]).toContain("in_progress");
  });

  it("keeps to working hours: fewer than a tenth of the merges fall on a weekend", () => {
    const weekdays = whole.events.flatMap((event) =>
      event.type === "pull_request" &&
      event.action === "closed" &&
      event.at < settings.now - 86_400_000
        ? [new Date(event.at).getUTCDay()]
        : [],
    );
    const weekend = weekdays.filter((weekday) => weekday === 0 || weekday === 6);
    expect(weekend.length / weekdays.length).toBeLessThan(0.1);
  });
});
