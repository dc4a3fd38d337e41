import { groupingGapMs, type Unit } from "./incident-units";

/** Units that are one incident. */
export interface Cluster {
  units: Unit[];
  /** Member ids of what a person holds apart from it. */
  apart: string[];
}

interface OpenCluster extends Cluster {
  /** Of its units and of what is held apart from it: parting one member leaves the others together. */
  signs: number[];
  lastSignAt: number;
}

/**
 * Joins the units of one stream, in order of their first signs: a unit joins the
 * latest cluster that had a sign in the ten minutes before, unless it is its own
 * sender's, told apart. A unit held apart joins none, yet is remembered by the
 * one that it would have joined, and stands alone besides.
 */
export function joinUnits(units: readonly Unit[], apart: ReadonlySet<string>): Cluster[] {
  const clusters: Cluster[] = [];
  let open: OpenCluster[] = [];
  for (const { unit, firstSignAt } of byFirstSign(units)) {
    open = open.filter(({ lastSignAt }) => firstSignAt - lastSignAt <= groupingGapMs);
    let cluster = open.findLast(
      ({ signs, units }) =>
        signs.some((at) => at <= firstSignAt && firstSignAt - at <= groupingGapMs) &&
        !units.some((other) => isToldApart(unit, other)),
    );
    if (!cluster) {
      if (unit.opensNone) continue;
      cluster = { units: [], apart: [], signs: [], lastSignAt: firstSignAt };
      open.push(cluster);
      clusters.push(cluster);
    }
    for (const at of unit.signs) cluster.signs.push(at);
    cluster.lastSignAt = Math.max(cluster.lastSignAt, ...unit.signs);
    if (unit.declared && apart.has(unit.declared.id)) {
      cluster.apart.push(unit.declared.id);
      clusters.push({ units: [unit], apart: unit.apart });
    } else {
      cluster.units.push(unit);
      cluster.apart.push(...unit.apart);
    }
  }
  return clusters;
}

/** At one moment a lesser alert comes last: it may join what opens then. */
function byFirstSign(units: readonly Unit[]): { unit: Unit; firstSignAt: number }[] {
  return units
    .map((unit) => ({ unit, firstSignAt: Math.min(...unit.signs) }))
    .sort(
      (a, b) =>
        a.firstSignAt - b.firstSignAt ||
        Number(a.unit.opensNone) - Number(b.unit.opensNone) ||
        Number(a.unit.declared === null) - Number(b.unit.declared === null) ||
        (a.unit.key < b.unit.key ? -1 : 1),
    );
}

/** Whoever declares incidents could have said that what else it sends belongs to one. */
function isToldApart(one: Unit, other: Unit): boolean {
  return declaresBeside(one, other) || declaresBeside(other, one);
}

function declaresBeside({ declared }: Unit, other: Unit): boolean {
  return (
    declared !== null &&
    (other.declared?.source === declared.source ||
      other.alerts.some((alert) => alert.source === declared.source))
  );
}
