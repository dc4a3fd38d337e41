import type { Story } from "@/scripts/demo/agenda";
import { openIncident, resolveIncident } from "@/scripts/demo/alerts";
import { minute } from "@/scripts/demo/calendar";
import { type Effect, effectOf } from "@/scripts/demo/effects";
import { holdLock, type Line, type Simulation, within } from "@/scripts/demo/simulation";
import { timeOf } from "@/scripts/demo/truth";

/** Trouble that no change of ours started. */
export interface Misfortune {
  story: string;
  because: string;
  title: string;
  alertNames: string[];
  minutes: [number, number];
  strike: Partial<Effect>;
}

export const misfortunes = {
  certificate: {
    story: "certificate_expired",
    because: "the TLS certificate ran out",
    title: "TLS handshakes fail",
    alertNames: ["TlsHandshakeFailures", "HighErrorRate"],
    minutes: [22, 45],
    strike: { errorRatio: 0.45, rampSeconds: 20 },
  },
  surge: {
    story: "traffic_surge",
    because: "a newsletter brought several times the usual visitors",
    title: "p95 latency twice its usual",
    alertNames: ["HighLatencyP95", "CpuSaturation"],
    minutes: [35, 80],
    strike: { rateFactor: 3.4, latencyFactor: 2.6, cpu: 0.45, errorRatio: 0.012, rampSeconds: 420 },
  },
  thirdParty: {
    story: "third_party_outage",
    because: "the partner's API was down",
    title: "5xx ratio above 2 %",
    alertNames: ["HighErrorRate"],
    minutes: [50, 130],
    strike: { errorRatio: 0.17, latencyFactor: 3.2, rampSeconds: 150 },
  },
  failover: {
    story: "database_failover",
    because: "the database's primary moved",
    title: "5xx ratio above 2 %",
    alertNames: ["HighErrorRate"],
    minutes: [6, 14],
    strike: { errorRatio: 0.3, latencyFactor: 2, rampSeconds: 15 },
  },
} satisfies Record<string, Misfortune>;

export function* befall(simulation: Simulation, line: Line, misfortune: Misfortune): Story {
  const { agenda } = simulation;
  yield* holdLock(simulation, line);
  const effect = effectOf({ service: line.service.name, from: agenda.now, ...misfortune.strike });
  simulation.effects.push(effect);
  yield within(simulation, line, 120, 300);
  const opened = openIncident(simulation, line, {
    title: `${line.service.name}: ${misfortune.title}`,
    severity: "critical",
    alertNames: misfortune.alertNames,
    truth: {
      story: misfortune.story,
      fault: `${line.service.name}@${timeOf(effect.from)}`,
      faultStartedAt: effect.from,
      cause: { kind: "none", because: misfortune.because },
    },
  });
  const [low, high] = misfortune.minutes;
  yield agenda.now + Math.round(line.random.between(low, high) * simulation.pace) * minute;
  effect.to = agenda.now;
  yield within(simulation, line, 120, 300);
  resolveIncident(simulation, opened, null);
  line.locked = false;
}
