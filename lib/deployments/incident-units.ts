import { alertMemberId } from "@/lib/facts/keys";
import type { DeclaredIncident, GroupableAlert } from "./group-incidents";

/** What its senders tell as one: a declared incident with the alerts that name it, or alerts in a group. */
export interface Unit {
  key: string;
  service: string | null;
  environment: string | null;
  declared: DeclaredIncident | null;
  /** By start, without those that a person holds apart from it. */
  alerts: GroupableAlert[];
  /** Member ids of what a person holds apart from it. */
  apart: string[];
  /** The alerts of those, each of which stands alone. */
  parted: GroupableAlert[];
  /** Its opening and the starts of its stream's alerts, those held apart too. */
  signs: number[];
  /** A lesser alert, which opens nothing by itself. */
  opensNone: boolean;
}

/** Alerts that start no further apart belong together. */
export const groupingGapMs = 10 * 60_000;

/** A declared incident with the alerts that name it, by their start. */
export function unitOfDeclared(
  declared: DeclaredIncident,
  named: readonly GroupableAlert[],
  apart: ReadonlySet<string>,
): Unit {
  const { key, service, environment } = declared;
  const ofStream = named.filter(
    (alert) => alert.service === service && alert.environment === environment,
  );
  return {
    ...{ key, service, environment, declared },
    ...partedFrom(named, apart),
    signs: [declared.openedAt, ...ofStream.map((alert) => alert.startedAt)],
    opensNone: false,
  };
}

/**
 * Alerts of one stream, by their start, in groups: each within ten minutes of the
 * one before. A lesser alert joins a group, and is a unit of its own where none is open.
 */
export function unitsOfAlerts(
  alerts: readonly GroupableAlert[],
  opens: (alert: GroupableAlert) => boolean,
  apart: ReadonlySet<string>,
): Unit[] {
  const lists: GroupableAlert[][] = [];
  let open: GroupableAlert[] = [];
  for (const alert of alerts) {
    const latest = open.at(-1);
    if (latest && alert.startedAt - latest.startedAt <= groupingGapMs) {
      open.push(alert);
      continue;
    }
    const list = [alert];
    lists.push(list);
    if (opens(alert)) open = list;
  }
  return lists.flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const { key, service, environment } = first;
    return {
      ...{ key, service, environment, declared: null },
      ...partedFrom(list, apart),
      signs: list.map((alert) => alert.startedAt),
      opensNone: !opens(first),
    };
  });
}

function partedFrom(
  alerts: readonly GroupableAlert[],
  apart: ReadonlySet<string>,
): Pick<Unit, "alerts" | "apart" | "parted"> {
  const isApart = (alert: GroupableAlert) => apart.has(alertMemberId(alert.key));
  const parted = alerts.filter(isApart);
  return {
    alerts: alerts.filter((alert) => !isApart(alert)),
    apart: parted.map(({ key }) => alertMemberId(key)),
    parted,
  };
}
