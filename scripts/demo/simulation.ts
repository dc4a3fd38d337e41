import { Agenda, type Story } from "@/scripts/demo/agenda";
import { minute, second } from "@/scripts/demo/calendar";
import type { Effect } from "@/scripts/demo/effects";
import type { Artifact, DemoEvent, EnvironmentName } from "@/scripts/demo/events";
import { type ScriptedFault, scriptedFaults } from "@/scripts/demo/fault-script";
import { type Identities, identitiesOf } from "@/scripts/demo/identities";
import { type Random, randomFor } from "@/scripts/demo/random";
import type { TrafficChange } from "@/scripts/demo/traffic";
import { type Ledger, newLedger } from "@/scripts/demo/truth";
import { defaultBranch, type Service, type Team, teamOf, type World } from "@/scripts/demo/world";

export interface Settings {
  seed: string;
  /** The end of the history, epoch milliseconds. */
  now: number;
  days: number;
  /** Multiplies the merges of every service. */
  scale: number;
  /** For benchmarks: trunk commits and deployments, nothing of how they came about. */
  short: boolean;
}

/** One service's way to production: what runs, what waits, and who has the lock. */
export interface Line {
  service: Service;
  team: Team;
  random: Random;
  repository: RepositoryState;
  live: Record<EnvironmentName, Artifact | null>;
  traffic: Record<EnvironmentName, TrafficChange[]>;
  /** The newest artifact that staging has taken. */
  ready: Artifact | null;
  /** Artifacts up to this place on the trunk hold a known fault and wait for its repair. */
  blockedUpTo: number;
  /** A deployment or an incident holds production. */
  locked: boolean;
  /** Nobody merges meanwhile. */
  mergesHeld: boolean;
  version: { major: number; minor: number; patch: number };
  releases: number;
  /** Incidents open now, and when the latest one opened or ended: two at once would blur the truth. */
  trouble: { open: number; at: number };
}

export interface RepositoryState {
  name: string;
  head: string;
  order: number;
  pullRequests: number;
  runs: number;
}

export interface Simulation {
  settings: Settings;
  world: World;
  agenda: Agenda;
  identities: Identities;
  /** Since the last take, in the order they happened. */
  events: DemoEvent[];
  lines: Map<string, Line>;
  effects: Effect[];
  ledger: Ledger;
  /** Faults of the script that no deployment has taken yet. */
  scripted: ScriptedFault[];
  /** Below 1 everything goes faster: used after the history, in real time. */
  pace: number;
}

export function newSimulation(world: World, settings: Settings): Simulation {
  const identities = identitiesOf(`${settings.seed}/${settings.now}`);
  const repositories = new Map<string, RepositoryState>();
  const lines = new Map<string, Line>();
  for (const service of world.services) {
    const random = randomFor(settings.seed, service.name);
    const repository = repositories.get(service.repository) ?? {
      name: service.repository,
      head: identities.sha(service.repository, "root"),
      order: 0,
      pullRequests: random.integer(200, 4000),
      runs: random.integer(900, 9000),
    };
    repositories.set(service.repository, repository);
    lines.set(service.name, {
      service,
      team: teamOf(world, service),
      random,
      repository,
      live: { production: null, staging: null },
      traffic: { production: [], staging: [] },
      ready: null,
      blockedUpTo: -1,
      locked: false,
      mergesHeld: false,
      version: { major: random.integer(1, 5), minor: random.integer(3, 480), patch: 0 },
      releases: 0,
      trouble: { open: 0, at: Number.NEGATIVE_INFINITY },
    });
  }
  return {
    settings,
    world,
    agenda: new Agenda(settings.now - settings.days * 86_400_000),
    identities,
    events: [],
    lines,
    effects: [],
    ledger: newLedger(),
    scripted: scriptedFaults.filter(({ daysBefore }) => daysBefore < settings.days),
    pace: 1,
  };
}

export function lineOf(simulation: Simulation, service: string): Line {
  const line = simulation.lines.get(service);
  if (!line) throw new Error(`no service ${service} in this world`);
  return line;
}

export type EventBody = DemoEvent extends infer E
  ? E extends DemoEvent
    ? Omit<E, "at">
    : never
  : never;

/** Something happens, now. */
export function emit(simulation: Simulation, event: EventBody): void {
  if (simulation.settings.short && isDetail(event)) return;
  simulation.events.push({ ...event, at: simulation.agenda.now } as DemoEvent);
}

function isDetail(event: EventBody): boolean {
  switch (event.type) {
    case "pull_request":
    case "review":
    case "run":
    case "job":
      return true;
    case "push":
      return event.push.branch !== defaultBranch;
    case "deployment":
      return event.deployment.environment !== "production" || event.deployment.finishedAt === null;
    default:
      return false;
  }
}

/** The moment between `low` and `high` seconds from now. */
export function within(simulation: Simulation, line: Line, low: number, high: number): number {
  return (
    simulation.agenda.now + Math.round(line.random.between(low, high) * simulation.pace) * second
  );
}

/** About `median` seconds from now, now and then much later: how long people take. */
export function afterThought(simulation: Simulation, line: Line, median: number): number {
  const seconds = Math.min(6 * median, line.random.logNormal(median, 0.7));
  return simulation.agenda.now + Math.round(seconds * simulation.pace) * second;
}

/** No incident of this service now, nor in the half hour before. */
export function isCalm(simulation: Simulation, line: Line): boolean {
  return line.trouble.open === 0 && simulation.agenda.now - line.trouble.at > 30 * minute;
}

export function* holdLock(simulation: Simulation, line: Line): Story {
  while (line.locked) yield within(simulation, line, 60, 180);
  line.locked = true;
}
