import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicId } from "@/lib/facts/keys";
import { groupIncidents } from "./group-incidents";
import { at } from "./testing";
import { alert, declared, severities } from "./testing-signals";

describe("properties of any signals", () => {
  const anySignals = fc
    .record({
      alerts: fc.array(
        fc.record({
          minutes: fc.nat(90),
          stream: fc.constantFrom("shop", "cart", null),
          source: fc.constantFrom("am", "pd", "io"),
          severity: fc.constantFrom("critical", "critical", "warning"),
          names: fc.option(fc.nat(4)),
        }),
        { maxLength: 12 },
      ),
      declared: fc.array(
        fc.record({
          minutes: fc.nat(90),
          stream: fc.constantFrom("shop", "cart", null),
          source: fc.constantFrom("pd", "io"),
        }),
        { maxLength: 5 },
      ),
      apart: fc.array(fc.nat(16), { maxLength: 3 }),
      keys: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    })
    .map(({ alerts, declared: told, apart, keys }) => {
      const declaredOnes = told.map(({ minutes, stream, source }, index) =>
        declared({
          id: `d${index}`,
          key: `${source}/i${index}`,
          source,
          service: stream,
          openedAt: at("10:00") + minutes * 60_000,
        }),
      );
      const ones = alerts.map(({ minutes, stream, source, severity, names }, index) =>
        alert(`${index}`, "10:00", null, {
          key: `${source}/a${index}`,
          source,
          service: stream,
          severity,
          startedAt: at("10:00") + minutes * 60_000,
          declaredIncident: names === null ? null : `i${names}`,
        }),
      );
      const members = [
        ...declaredOnes.map(({ id }) => id),
        ...ones.map(({ key }) => publicId("incident", `alert:${key}`)),
      ];
      const held = new Set(apart.flatMap((index) => members[index] ?? []));
      return { alerts: ones, declared: declaredOnes, apart: held, keys };
    });
  const grouped = ({ alerts, declared: told, apart }: Omit<Signals, "keys">) =>
    groupIncidents(alerts, told, severities, apart);
  type Signals = typeof anySignals extends fc.Arbitrary<infer T> ? T : never;
  const holds = (law: (signals: Signals) => void) =>
    fc.assert(fc.property(anySignals, law), { numRuns: 500 });

  test("any order and any repetition gives the same incidents", () => {
    holds(({ keys, ...signals }) => {
      const shuffled = <T>(given: readonly T[]) =>
        [...given, ...given.slice(0, 3)]
          .map((one, index) => ({ one, place: keys[index] ?? 0 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one);
      expect(
        grouped({
          ...signals,
          alerts: shuffled(signals.alerts),
          declared: shuffled(signals.declared),
        }),
      ).toEqual(grouped(signals));
    });
  });

  test("each signal is of one incident, a lesser alert of one at most", () => {
    holds((signals) => {
      const members = grouped(signals).flatMap((incident) => incident.members);
      expect(new Set(members).size).toBe(members.length);
      for (const { id } of signals.declared) expect(members).toContain(id);
      for (const { key, severity } of signals.alerts)
        if (severity === "critical")
          expect(members).toContain(publicId("incident", `alert:${key}`));
    });
  });

  test("no incident holds two that one source declared, nor two streams' units", () => {
    holds((signals) => {
      const byId = new Map(signals.declared.map((one) => [one.id, one]));
      for (const incident of grouped(signals)) {
        const own = incident.declared.flatMap((id) => byId.get(id) ?? []);
        expect(new Set(own.map(({ source }) => source)).size).toBe(own.length);
        for (const one of own) expect(one.service).toBe(incident.service);
      }
    });
  });

  test("what is held apart stands with nothing but the alerts that name it", () => {
    holds((signals) => {
      const incidents = grouped(signals);
      for (const id of signals.apart) {
        const own = incidents.find(({ members }) => members.includes(id));
        const one = signals.declared.find((declaredOne) => declaredOne.id === id);
        if (!one) expect(own?.members ?? [id]).toEqual([id]);
        else
          for (const alertId of own?.alerts ?? [])
            expect(signals.alerts.find((other) => other.id === alertId)).toMatchObject({
              source: one.source,
              declaredIncident: one.key.slice(3),
            });
      }
    });
  });
});
