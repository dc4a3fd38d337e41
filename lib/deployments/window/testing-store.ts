import { findCauses } from "../causes";
import { sameCode } from "../code";
import { deriveStream, deriveWindow } from "../derive-stream";
import { type OrderedAttempt, orderAttempts } from "../order";
import { Asked, type EarlierDeployment, type Past, type ShippedBefore } from "../past";
import type { DerivedDeployment, StreamIncident, StreamInput } from "../types";

/** For tests: a stream's derived rows in memory, and deriving anew from a moment on as the database does. */
export class StoredRows {
  readonly #rows: (OrderedAttempt & { told: DerivedDeployment })[];

  constructor(input: StreamInput) {
    const told = new Map(deriveStream(input).map((one) => [one.id, one]));
    this.#rows = orderAttempts(input.deployments, input.incidents).flatMap((ordered) => {
      const own = told.get(ordered.attempt.id);
      return own ? { ...ordered, told: own } : [];
    });
  }

  /** What is told of every attempt once the stream is `now`, which differs from before since `from` alone. */
  since(now: StreamInput, from: number, margin: number): DerivedDeployment[] {
    let earliest = from;
    for (let width = margin; ; width = width * 2 + 1) {
      const seam = this.#seam(now, earliest, width);
      const window = deriveBy(now, seam, (asked) => this.#past(asked, seam));
      if (window.reachedBack.length === 0) {
        const before = this.#rows.filter(({ at }) => at < seam).map(({ told }) => told);
        return [...before, ...window.deployments];
      }
      const reached = this.#rows.filter(({ attempt }) => window.reachedBack.includes(attempt.id));
      earliest = Math.min(seam, ...reached.map(({ at }) => at));
    }
  }

  #seam(now: StreamInput, from: number, margin: number): number {
    const completed = this.#rows.filter(({ at, told }) => told.completed && at < from);
    let seam = completed.at(-1 - margin)?.at ?? Number.NEGATIVE_INFINITY;
    for (;;) {
      const straddling = orderAttempts(now.deployments, [])
        .filter(({ at, beganAt }) => at >= seam && beganAt < seam)
        .map(({ beganAt }) => beganAt);
      const open = this.#rows
        .filter(({ at, told }) => at < seam && (told.carried.openUntil ?? seam - 1) >= seam)
        .map(({ at }) => at);
      const earlier = Math.min(...straddling, ...open);
      if (earlier >= seam) return seam;
      seam = earlier;
    }
  }

  /** As little as was asked for. */
  #past(asked: Asked, seam: number): Past {
    const before = this.#rows.filter(({ at, told }) => told.completed && at < seam);
    const shipped = before.flatMap(shippedBy).filter((one) => isAsked(asked, one));
    const layers = this.#layers(asked.layersBelow ? before.length : 1, before);
    const wanted = before.filter(
      (row, place) =>
        place === before.length - 1 ||
        isAwaiting(row.told) ||
        layers.includes(row.attempt.id) ||
        shipped.some(({ deployment }) => deployment === row.attempt.id) ||
        asked.codes.some((code) => sameCode(code, row.attempt)),
    );
    return {
      deployments: wanted.map((row) => earlierOf(row, before[before.indexOf(row) + 1])),
      layers,
      shipped,
      confirmed: new Set(before.map(({ attempt }) => attempt.id)),
      incidentsFrom: Math.min(seam, asked.incidentsFrom),
    };
  }

  #layers(atMost: number, before: readonly { told: DerivedDeployment }[]): string[] {
    const layers: string[] = [];
    let next = before.at(-1)?.told.carried.layer ?? null;
    while (next !== null && layers.length < atMost) {
      layers.unshift(next);
      const id = next;
      next = this.#rows.find(({ attempt }) => attempt.id === id)?.told.carried.layerBelow ?? null;
    }
    return layers;
  }
}

function deriveBy(now: StreamInput, seam: number, pastOf: (asked: Asked) => Past) {
  const deployments = orderAttempts(now.deployments, [])
    .filter(({ at }) => at >= seam)
    .map(({ attempt }) => attempt);
  const all = new Asked();
  let past = pastOf(all);
  for (let known = ""; ; ) {
    const window = deriveWindow({
      ...now,
      deployments,
      past,
      incidents: now.incidents.filter((one) => isWanted(one, now, deployments, past)),
      releases: now.releases.filter(({ at }) => at >= seam),
    });
    gather(all, window.asked);
    past = pastOf(all);
    const said = JSON.stringify(past);
    if (said === known || window.reachedBack.length > 0) return window;
    known = said;
  }
}

function gather(all: Asked, more: Asked): void {
  all.codes.push(...more.codes);
  for (const [name, one] of more.originals) all.originals.set(name, one);
  for (const [name, one] of more.revisions) all.revisions.set(name, one);
  for (const [name, one] of more.pullRequests) all.pullRequests.set(name, one);
  for (const [name, one] of more.titles) all.titles.set(name, one);
  all.layersBelow ||= more.layersBelow;
  all.incidentsFrom = Math.min(all.incidentsFrom, more.incidentsFrom);
}

function isWanted(
  incident: StreamIncident,
  now: StreamInput,
  deployments: readonly { id: string }[],
  past: Past,
): boolean {
  const open = incident.resolvedAt === null || incident.resolvedAt >= past.incidentsFrom;
  const causes = findCauses([incident], now.matchThreshold);
  const awaiting = past.deployments.filter((one) => one.awaiting).map(({ attempt }) => attempt);
  return (
    (incident.ofStream && open) || [...deployments, ...awaiting].some(({ id }) => causes.has(id))
  );
}

function earlierOf(
  { attempt, told }: OrderedAttempt & { told: DerivedDeployment },
  next: OrderedAttempt | undefined,
): EarlierDeployment {
  return {
    attempt,
    kind: told.kind ?? "deploy",
    failed: told.failed,
    awaiting: isAwaiting(told),
    ranUntil: next && !sameCode(attempt, next.attempt) ? next.at : null,
  };
}

function isAwaiting({ failure }: DerivedDeployment): boolean {
  return failure !== null && failure.restoredAt === null && failure.remedies.length === 0;
}

function shippedBy({ told }: { told: DerivedDeployment }): ShippedBefore[] {
  const { traces } = told.carried;
  const sets = told.changes.map(({ repository, revision }) => ({
    repository,
    revision,
    original: traces.find((trace) => trace.revision === revision)?.original ?? null,
    role: "change" as const,
  }));
  const beside = traces.filter(({ role }) => role !== "change");
  return [...sets, ...beside]
    .sort(
      (a, b) =>
        (a.role === "left" ? 0 : 1) - (b.role === "left" ? 0 : 1) ||
        (a.revision < b.revision ? -1 : 1),
    )
    .map((one) => ({ deployment: told.id, ...one }));
}

function isAsked(asked: Asked, { repository, revision, original }: ShippedBefore): boolean {
  return (
    asked.originals.has(`${repository}@${original ?? revision}`) ||
    [...asked.revisions.values()].some((one) => revision.startsWith(one.revision)) ||
    // Which of them go by a title or a number the graph tells; more than was asked does no harm.
    asked.titles.size + asked.pullRequests.size > 0
  );
}
