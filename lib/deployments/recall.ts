import { identityOf } from "./change-set";
import { type Code, RunHistory } from "./code";
import type { Asked, Past, ShippedBefore } from "./past";
import { type Entry, entryOf, mergeEntry, Shipped } from "./shipped";
import { Stack } from "./stack";
import type { ChangeGraph } from "./types";

/** What a walk along a stream knows of what ran, what shipped and what is in effect. */
export interface Recalled {
  history: RunHistory;
  shipped: Shipped;
  stack: Stack<Code>;
}

/**
 * What a walk knows where it begins: what the past says, whose deployments take
 * the first places. What is looked for and not there is noted in `asked`.
 */
export function recall(past: Past, graph: ChangeGraph, asked: Asked): Recalled {
  const history = new RunHistory(asked);
  const shipped = new Shipped(asked);
  const stack = new Stack<Code>(() => {
    asked.layersBelow = true;
  });
  const placeOf = new Map(past.deployments.map(({ attempt }, place) => [attempt.id, place]));
  for (const [place, { attempt, ranUntil }] of past.deployments.entries()) {
    history.started(attempt, place);
    if (ranUntil !== null) history.stopped(attempt, ranUntil);
  }
  for (const id of past.layers) {
    const place = placeOf.get(id) ?? -1;
    const layer = past.deployments[place];
    if (layer) stack.put(layer.attempt, place);
  }
  for (const before of past.shipped) {
    const broughtBy = before.role === "left" ? null : (placeOf.get(before.deployment) ?? null);
    shipped.enter(entryBefore(before, graph), broughtBy, true);
  }
  return { history, shipped, stack };
}

function entryBefore(
  { repository, revision, original, role }: ShippedBefore,
  graph: ChangeGraph,
): Entry {
  if (role === "merge") return mergeEntry(repository, revision);
  const known = graph.change(repository, revision);
  return entryOf({
    repository,
    revision,
    message: known?.message ?? null,
    identity: identityOf(repository, original ?? revision),
    pullRequest: known?.pullRequest ?? null,
  });
}
