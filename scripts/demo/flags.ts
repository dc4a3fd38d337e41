import type { Story } from "@/scripts/demo/agenda";
import { openIncident, resolveIncident } from "@/scripts/demo/alerts";
import { hour, minute } from "@/scripts/demo/calendar";
import { effectOf } from "@/scripts/demo/effects";
import type { Release } from "@/scripts/demo/events";
import { alertNamesOf, titleOf } from "@/scripts/demo/fault-catalogue";
import {
  afterThought,
  emit,
  holdLock,
  type Line,
  type Simulation,
  within,
} from "@/scripts/demo/simulation";
import { referenceTo, timeOf } from "@/scripts/demo/truth";

/** A release of functionality, now: a flag's step, a setting, a machine. */
export function release(
  simulation: Simulation,
  line: Line,
  what: Pick<Release, "subject" | "flag"> & { percent?: number; enabled?: boolean },
): Release {
  const { agenda, ledger } = simulation;
  const said: Release = {
    id: `${line.service.name}-release-${++line.releases}-${simulation.identities.sha("release", agenda.now).slice(0, 6)}`,
    service: line.service,
    percent: null,
    enabled: null,
    by: line.random.pick(line.team.people),
    at: agenda.now,
    ...what,
  };
  emit(simulation, { type: "release", release: said });
  ledger.releases.push({
    source: "pipeline",
    key: said.id,
    service: line.service.name,
    subject: said.subject,
    flag: said.flag,
    percent: said.percent,
    enabled: said.enabled,
    at: timeOf(said.at),
    failed: false,
  });
  return said;
}

/** A flag's way to everybody, without trouble. */
export function* ramp(simulation: Simulation, line: Line, flag: string, percents: number[]): Story {
  for (const percent of percents) {
    release(simulation, line, { subject: "flag", flag, percent, enabled: true });
    yield within(simulation, line, 1.5 * 3600, 20 * 3600);
  }
}

/** A flag that hurts whoever gets it, until it is switched off. */
export function* badFlag(simulation: Simulation, line: Line, flag: string): Story {
  const { agenda } = simulation;
  release(simulation, line, { subject: "flag", flag, percent: 5, enabled: true });
  yield agenda.now + line.random.integer(40, 90) * minute * simulation.pace;
  yield* holdLock(simulation, line);
  const guilty = release(simulation, line, { subject: "flag", flag, percent: 50, enabled: true });
  yield* sufferRelease(simulation, line, guilty, "flag_caused", () =>
    release(simulation, line, { subject: "flag", flag, percent: 0, enabled: false }),
  );
  line.locked = false;
}

/** A setting that was wrong, until it is set back. */
export function* badConfiguration(simulation: Simulation, line: Line, setting: string): Story {
  yield* holdLock(simulation, line);
  const guilty = release(simulation, line, { subject: "configuration", flag: setting });
  yield* sufferRelease(simulation, line, guilty, "configuration_caused", () => {
    release(simulation, line, { subject: "configuration", flag: setting });
    return null;
  });
  line.locked = false;
}

function* sufferRelease(
  simulation: Simulation,
  line: Line,
  guilty: Release,
  story: string,
  undo: () => Release | null,
): Story {
  const { agenda } = simulation;
  const effect = effectOf({
    service: line.service.name,
    from: agenda.now,
    errorRatio: line.random.between(0.05, 0.12),
    latencyFactor: line.random.between(1.4, 2.4),
  });
  simulation.effects.push(effect);
  yield within(simulation, line, 100, 280);
  const opened = openIncident(simulation, line, {
    title: titleOf(line.service.name, "errors"),
    severity: "critical",
    alertNames: alertNamesOf("errors"),
    truth: {
      story,
      fault: guilty.id,
      faultStartedAt: effect.from,
      cause: referenceTo(guilty),
    },
  });
  const known = simulation.ledger.releases.find(({ key }) => key === guilty.id);
  if (known) known.failed = true;
  yield afterThought(simulation, line, 300);
  const off = undo();
  effect.to = agenda.now;
  if (off) opened.truth.remedies.push({ kind: "flag_off", by: referenceTo(off), held: true });
  yield within(simulation, line, 150, 300);
  resolveIncident(simulation, opened, line.random.chance(0.5) ? guilty.id : null);
}

/** Settings and machines that change without anybody noticing. */
export function* quietRelease(
  simulation: Simulation,
  line: Line,
  subject: "configuration" | "infrastructure",
  name: string,
): Story {
  release(simulation, line, { subject, flag: name });
  yield simulation.agenda.now + hour;
}
