import { describe, expect, it } from "vitest";
import { hour, minute } from "@/scripts/demo/calendar";
import { historyOf, type Sample, samplesAt } from "@/scripts/demo/metrics";
import { momentsOf } from "@/scripts/demo/resolution";
import { simulate } from "@/scripts/demo/simulate";
import { lineOf } from "@/scripts/demo/simulation";
import { type TrueIncident, truthOf } from "@/scripts/demo/truth";
import { worldOf } from "@/scripts/demo/world";

const now = Date.parse("2026-11-21T14:00:00Z");
const simulation = simulate(worldOf(), { seed: "a", now, days: 90, scale: 1, short: false });
const { incidents } = truthOf(simulation);

function over(service: string, from: number, to: number): Sample[] {
  const line = lineOf(simulation, service);
  const samples: Sample[] = [];
  for (let at = from; at < to; at += minute)
    samples.push(...samplesAt(simulation, line, "production", at, at + minute));
  return samples;
}

const count = (samples: Sample[], statusCode?: number) =>
  samples
    .flatMap(({ requests }) => requests)
    .filter((one) => statusCode === undefined || one.statusCode === statusCode)
    .reduce((sum, one) => sum + one.count, 0);
const errorRatio = (samples: Sample[]) => count(samples, 500) / count(samples);
const meanSeconds = (samples: Sample[]) =>
  samples.flatMap(({ requests }) => requests).reduce((sum, one) => sum + one.sumSeconds, 0) /
  count(samples);
const around = ({ service, faultStartedAt, openedAt }: TrueIncident) => ({
  before: over(
    service,
    Date.parse(faultStartedAt) - 30 * minute,
    Date.parse(faultStartedAt) - minute,
  ),
  during: over(service, Date.parse(openedAt) - minute, Date.parse(openedAt) + 4 * minute),
});
const told = (...stories: string[]) => incidents.filter(({ story }) => stories.includes(story));

describe("the shape of the metrics", () => {
  it("follows every error fault: five times the errors of before, or half as slow again", () => {
    const faults = told(
      "error_spike",
      "fixed_forward",
      "reverted",
      "dependency_outage",
      "flag_caused",
      "configuration_caused",
      "open_at_the_end",
      "third_party_outage",
      "certificate_expired",
    );
    expect(faults.length).toBeGreaterThan(40);
    for (const incident of faults) {
      const { before, during } = around(incident);
      const errors = errorRatio(during) / Math.max(errorRatio(before), 0.0005);
      const slower = meanSeconds(during) / meanSeconds(before);
      expect(
        Math.max(errors / 5, slower / 1.5),
        `${incident.story} of ${incident.fault}`,
      ).toBeGreaterThan(1);
    }
  });

  it("calms down after the remedy", () => {
    for (const incident of told("error_spike", "dependency_outage", "flag_caused").slice(0, 12)) {
      const end = Date.parse(incident.resolvedAt ?? "");
      expect(errorRatio(over(incident.service, end + 5 * minute, end + 25 * minute))).toBeLessThan(
        0.02,
      );
    }
  });

  it("shows a canary's fault in the new version only, while both report", () => {
    const [open] = told("open_at_the_end");
    const [, version] = open?.fault.split("@") ?? [];
    const during = over("checkout", now - 11 * minute, now - 8.5 * minute);
    const own = during.filter((sample) => sample.version === version);
    const others = during.filter((sample) => sample.version !== version);
    expect(count(own)).toBeGreaterThan(100);
    expect(errorRatio(own)).toBeGreaterThan(0.04);
    expect(errorRatio(others)).toBeLessThan(0.01);
  });

  it("lets memory climb for hours before a leak's alert", () => {
    for (const incident of told("memory_leak")) {
      const at = (time: number) =>
        Math.max(
          ...over(incident.service, time, time + minute).map(({ memoryBytes }) => memoryBytes),
        );
      const started = Date.parse(incident.faultStartedAt);
      const opened = Date.parse(incident.openedAt);
      expect(opened - started).toBeGreaterThan(2.5 * hour);
      expect(at(started + (opened - started) / 2)).toBeGreaterThan(1.2 * at(started - 5 * minute));
    }
  });

  it("multiplies the requests in a surge and leaves them level in a fault", () => {
    const rate = (samples: Sample[], minutes: number) => count(samples) / minutes;
    for (const { service, openedAt, faultStartedAt } of told("traffic_surge")) {
      const opened = Date.parse(openedAt);
      const before = Date.parse(faultStartedAt) - 10 * minute;
      expect(rate(over(service, opened + 6 * minute, opened + 11 * minute), 5)).toBeGreaterThan(
        2 * rate(over(service, before, before + 5 * minute), 5),
      );
    }
  });

  it("rises by day and falls by night", () => {
    const on = (text: string) =>
      count(over("web", Date.parse(text), Date.parse(text) + 10 * minute));
    expect(on("2026-11-18T19:00:00Z")).toBeGreaterThan(3 * on("2026-11-18T03:00:00Z"));
  });

  it("counts each request once: buckets add up to the count", () => {
    for (const { requests } of over("ledger", now - hour, now))
      for (const { count: all, buckets } of requests) {
        if (buckets.length === 0) continue;
        expect(buckets.reduce((sum, one) => sum + one, 0)).toBe(all);
        expect(Math.min(...buckets)).toBeGreaterThanOrEqual(0);
      }
  });
});

describe("the history of one service", () => {
  it("reports without a gap, every minute around incidents and in the last day", () => {
    const line = lineOf(simulation, "shipping");
    let last: number | null = null;
    for (const { samples, environment } of historyOf(simulation, line))
      for (const { from, to } of environment === "production" ? samples : []) {
        if (last !== null && to !== last) expect(from).toBe(last);
        if (to > now - 24 * hour) expect(to - from).toBe(minute);
        last = to;
      }
    expect(last).toBe(now);
  });

  it("measures closely where it is asked to and seldom elsewhere", () => {
    const moments = momentsOf(now - 20 * 24 * hour, now, [
      { from: now - 12 * 24 * hour, to: now - 12 * 24 * hour + hour },
    ]);
    const within = (from: number, to: number) =>
      moments.filter((at) => at >= from && at < to).length;
    expect(within(now - 12 * 24 * hour, now - 12 * 24 * hour + hour)).toBe(60);
    expect(within(now - 18 * 24 * hour, now - 17 * 24 * hour)).toBe(6);
    expect(within(now - 3 * 24 * hour, now - 3 * 24 * hour + hour)).toBe(12);
    expect(within(now - hour, now)).toBe(60);
  });
});
