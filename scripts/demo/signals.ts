import { hour, localHourOf, minute } from "@/scripts/demo/calendar";
import { type Effect, strengthOf } from "@/scripts/demo/effects";
import type { EnvironmentName } from "@/scripts/demo/events";
import { jitter, seedOf } from "@/scripts/demo/random";
import type { Line, Simulation } from "@/scripts/demo/simulation";
import { servingSince, sharesAt } from "@/scripts/demo/traffic";

/** How one version of a service does at one moment. */
export interface VersionSignal {
  version: string;
  candidate: boolean;
  requestsPerSecond: number;
  /** 0..1 */
  errorRatio: number;
  medianSeconds: number;
  /** 0..1 */
  cpu: number;
  memoryMegabytes: number;
}

/** Where the shop's customers are. */
const customersZone = "Europe/Berlin";
const weekdayTraffic = [0.82, 1, 0.98, 0.97, 1, 1.06, 0.93];

/**
 * What a service's versions show at a moment: the day's and week's rhythm, noise
 * that is the same whenever it is asked for, and the faults that are under way.
 */
export function signalsAt(
  simulation: Simulation,
  line: Line,
  environment: EnvironmentName,
  effects: Effect[],
  at: number,
): VersionSignal[] {
  const { traffic } = line.service;
  const shares = sharesAt(line.traffic[environment], at);
  const seed = seedFor(simulation, line, environment);
  const active =
    environment === "production" ? effects.filter((effect) => strengthOf(effect, at) > 0) : [];
  const busy = rhythm(at);
  const rateFactor = product(active, at, (effect) => effect.rateFactor);
  const wanted = environment === "production" ? traffic.requestsPerSecond : 0.6;
  const rate = Math.max(
    0.05,
    wanted * busy * rateFactor * (1 + 0.05 * wander(seed, at, 7 * minute)),
  );
  return shares.map(({ version, share, candidate }) => {
    const own = active.filter((effect) => effect.version === null || effect.version === version);
    const since = servingSince(line.traffic[environment], version, at) ?? at;
    const leak = own.reduce(
      (sum, effect) =>
        sum + (effect.leakMegabytesPerHour * (at - Math.max(effect.from, since))) / hour,
      0,
    );
    const load = 0.35 + 0.65 * busy * rateFactor;
    return {
      version,
      candidate,
      requestsPerSecond: rate * share,
      errorRatio: Math.min(
        0.95,
        traffic.errorRatio * (1 + 0.35 * wander(seed + 1, at, 11 * minute)) +
          sum(own, at, (effect) => effect.errorRatio),
      ),
      medianSeconds:
        traffic.medianSeconds *
        (0.9 + 0.15 * busy) *
        (1 + 0.06 * wander(seed + 2, at, 5 * minute)) *
        product(own, at, (effect) => effect.latencyFactor),
      cpu: Math.min(
        0.99,
        traffic.cpu * load * (1 + 0.07 * wander(seed + 3, at, 4 * minute)) +
          sum(own, at, (effect) => effect.cpu),
      ),
      memoryMegabytes: sawtooth(
        traffic.memoryMegabytes * (0.93 + 0.05 * load + 0.015 * wander(seed + 4, at, 30 * minute)),
        leak,
        traffic.memoryMegabytes,
      ),
    };
  });
}

/** 0.15 in the small hours to 1 on a busy evening. */
function rhythm(at: number): number {
  const local = localHourOf(customersZone, at);
  const bump = (centre: number, width: number) => Math.exp(-(((local - centre) / width) ** 2));
  const weekday = weekdayTraffic[new Date(at).getUTCDay()] ?? 1;
  return Math.min(1, 0.16 + 0.52 * bump(12.5, 3.4) + 0.74 * bump(20, 2.7)) * weekday;
}

/** Smooth noise in about [-1, 1] that moves from one value to the next within `span`. */
function wander(seed: number, at: number, span: number): number {
  const index = Math.floor(at / span);
  const part = at / span - index;
  const eased = part * part * (3 - 2 * part);
  const slow = jitter(seed, index) * (1 - eased) + jitter(seed, index + 1) * eased;
  return 0.75 * slow + 0.25 * jitter(seed, Math.floor(at / 1000));
}

const seeds = new WeakMap<Line, Record<EnvironmentName, number>>();
function seedFor(simulation: Simulation, line: Line, environment: EnvironmentName): number {
  const of = (name: EnvironmentName) => seedOf(simulation.settings.seed, line.service.name, name);
  let known = seeds.get(line);
  if (!known) {
    known = { production: of("production"), staging: of("staging") };
    seeds.set(line, known);
  }
  return known[environment];
}

/** A leak ends in a kill at four times the usual size, and begins again. */
function sawtooth(usual: number, leaked: number, limitUnit: number): number {
  const room = 3 * limitUnit;
  return usual + (leaked % room);
}

const sum = (effects: Effect[], at: number, part: (effect: Effect) => number) =>
  effects.reduce((total, effect) => total + part(effect) * strengthOf(effect, at), 0);
const product = (effects: Effect[], at: number, part: (effect: Effect) => number) =>
  effects.reduce((total, effect) => total * (1 + (part(effect) - 1) * strengthOf(effect, at)), 1);
