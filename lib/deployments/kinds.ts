import type { DeploymentKind } from "@/lib/facts/types";
import {
  buildChangeSet,
  type Change,
  type ChangeSet,
  emptyChangeSet,
  unknownChangeSet,
} from "./change-set";
import { type Code, type RunHistory, sameCode } from "./code";
import { CommitGraph, type Comparison } from "./commit-graph";
import type { OrderedAttempt } from "./order";
import { Asked, type EarlierDeployment, nothingBefore, type Past } from "./past";
import { recall } from "./recall";
import { readRevert } from "./revert-message";
import type { Shipped, ShippedChange } from "./shipped";
import type { Stack } from "./stack";
import { nothingNew, standing } from "./standing";
import type { ChangeGraph } from "./types";

/** What is said of a completed deployment before anything is known of causes. */
export interface Classified extends OrderedAttempt {
  /** Its place among the stream's completed deployments. */
  place: number;
  /** The place of the one that ran before; null for the first. */
  previous: number | null;
  /** Null for the first. */
  changeSet: ChangeSet | null;
  newlyShipped: ReadonlySet<Change>;
  /** What revisions alone say; a fix_forward is told from `deploy` later. */
  derivedKind: Exclude<DeploymentKind, "fix_forward">;
  /** A person's correction, else the declaration, else derived. */
  kind: DeploymentKind;
  /** Places of the deployments whose revisions it took out of effect, oldest first. */
  undoes: number[];
  /** What its changes undo. */
  reverts: { change: Change; target: ShippedChange }[];
  grounds: KindGrounds;
  /** The place of the deployment that brought what lies on top of the revisions in effect. */
  layer: number;
  /** Where it brought that itself: the place of the one beneath. */
  layerBelow: number | null;
  /** What had come with the first deployment, or unknown, and was seen as this one took it back. */
  left: readonly Change[];
  /** Set where it lies before the window: then it is only looked at. */
  earlier: EarlierDeployment | null;
}

/** Why the derived kind is what it is, for the words. */
export type KindGrounds =
  | { because: "first" }
  | { because: "same_revision" }
  | { because: "nothing_for_service" }
  | { because: "ancestor"; changesOlder: number | null; ranUntil: number | null }
  | { because: "ran_before"; ranUntil: number | null }
  | { because: "undoes_changes" }
  | { because: "ran_and_was_undone"; ranUntil: number | null }
  | { because: "new" };

/** What is known of a stream before it is walked. */
export interface LineInput {
  graph: ChangeGraph;
  /** True in tier production; elsewhere only a declared revert is one. */
  judgesFailure: boolean;
  past?: Past;
  /** Where what is asked of the past is noted. */
  asked?: Asked;
}

/**
 * Stratum 0: the change set and kind of every completed deployment, from
 * revisions, declarations and corrections alone. The past's deployments stand
 * first, as they were told before.
 */
export function classify(ordered: readonly OrderedAttempt[], input: LineInput): Classified[] {
  const earlier = (input.past ?? nothingBefore).deployments.map(standing);
  const line = new Line(input, earlier);
  const window = ordered.filter((attempt) => attempt.completed);
  return [...earlier, ...window.map((attempt) => line.take(attempt))];
}

/** Walks the stream forward, knowing what runs, what ran and what shipped. */
class Line {
  #running: Classified | null;
  #places: number;
  private readonly graph: ChangeGraph;
  private readonly judgesFailure: boolean;
  readonly #graphs = new Map<string, CommitGraph>();
  readonly #history: RunHistory;
  readonly #shipped: Shipped;
  readonly #stack: Stack<Code>;

  constructor(
    { graph, judgesFailure, past = nothingBefore, asked = new Asked() }: LineInput,
    earlier: readonly Classified[],
  ) {
    this.graph = graph;
    this.judgesFailure = judgesFailure;
    this.#running = earlier.at(-1) ?? null;
    this.#places = earlier.length;
    const { history, shipped, stack } = recall(past, graph, asked);
    this.#history = history;
    this.#shipped = shipped;
    this.#stack = stack;
  }

  take(attempt: OrderedAttempt): Classified {
    const place = this.#places++;
    const running = this.#running;
    const classified = running
      ? this.#follow(attempt, place, running)
      : this.#begin(attempt, place);
    const code = attempt.attempt;
    if (running && !sameCode(running.attempt, code)) {
      this.#history.stopped(running.attempt, attempt.at);
    }
    this.#history.started(code, place);
    const { top } = this.#stack;
    const staysOn = top !== undefined && sameCode(top.code, code);
    if (!staysOn) this.#stack.put(code, place);
    this.#running = {
      ...classified,
      layer: staysOn ? top.place : place,
      layerBelow: staysOn ? null : (top?.place ?? null),
    };
    return this.#running;
  }

  #begin(attempt: OrderedAttempt, place: number): Classified {
    return {
      ...attempt,
      ...nothingNew,
      place,
      previous: null,
      derivedKind: "first",
      kind: attempt.attempt.correctedKind ?? attempt.attempt.declaredKind ?? "first",
      grounds: { because: "first" },
      layer: place,
      layerBelow: null,
      earlier: null,
    };
  }

  #follow(attempt: OrderedAttempt, place: number, running: Classified): Classified {
    const code = attempt.attempt;
    const comparison = this.#compare(running.attempt, code);
    const changeSet = this.#changeSet(running.attempt, code, comparison);
    const newlyShipped = new Set(changeSet.changes.filter((change) => !this.#shipped.has(change)));
    const reverts = changeSet.changes.flatMap((change) => this.#revertsOf(change, running));
    const { derivedKind, grounds } = this.#derive(code, running, comparison, changeSet, reverts);
    const kind = code.correctedKind ?? code.declaredKind ?? derivedKind;
    const goesBack = derivedKind === "rollback" || kind === "rollback";
    const taken = goesBack ? this.#takeOff(code) : [];
    const left = this.#keepShipped(running.attempt, code, comparison, changeSet, place);
    return {
      ...attempt,
      place,
      previous: running.place,
      changeSet,
      newlyShipped,
      derivedKind,
      kind,
      undoes: kind === "rollback" ? taken : [],
      reverts,
      grounds,
      layer: place,
      layerBelow: null,
      left,
      earlier: null,
    };
  }

  #derive(
    code: Code,
    running: Classified,
    comparison: Comparison | null,
    changeSet: ChangeSet,
    reverts: Classified["reverts"],
  ): Pick<Classified, "derivedKind" | "grounds"> {
    if (sameCode(running.attempt, code)) {
      return { derivedKind: "redeploy", grounds: { because: "same_revision" } };
    }
    const ranUntil = this.#history.ranUntil(code);
    const relation = comparison?.relation ?? "apart";
    if (relation === "older") {
      const changesOlder = this.#countRemoved(code, comparison);
      return { derivedKind: "rollback", grounds: { because: "ancestor", changesOlder, ranUntil } };
    }
    if (relation === "newer" && changeSet.known && changeSet.changes.length === 0) {
      return { derivedKind: "redeploy", grounds: { because: "nothing_for_service" } };
    }
    const firstPlace = this.#history.firstPlace(code);
    const runningFirstPlace = this.#history.firstPlace(running.attempt) ?? running.place;
    if (relation === "apart" && firstPlace !== null && firstPlace < runningFirstPlace) {
      return { derivedKind: "rollback", grounds: { because: "ran_before", ranUntil } };
    }
    if (this.judgesFailure && reverts.length > 0) {
      return { derivedKind: "revert", grounds: { because: "undoes_changes" } };
    }
    return {
      derivedKind: "deploy",
      grounds:
        firstPlace === null ? { because: "new" } : { because: "ran_and_was_undone", ranUntil },
    };
  }

  /** Takes the revisions off that a step back to `code` undoes. */
  #takeOff(code: Code): number[] {
    const firstPlace = this.#history.firstPlace(code);
    let taken = 0;
    return this.#stack.takeUntil((layer) => {
      if (this.#liesBelow(layer.code, code, firstPlace, taken)) return true;
      taken += 1;
      return false;
    });
  }

  /** Whether a layer lies at or below `code`, so that going back to it leaves the layer be. */
  #liesBelow(layer: Code, code: Code, firstPlace: number | null, taken: number): boolean {
    if (sameCode(layer, code)) return true;
    const relation = this.#compare(layer, code)?.relation ?? "apart";
    if (relation !== "apart") return relation === "newer";
    if (firstPlace !== null) return (this.#history.firstPlace(layer) ?? 0) <= firstPlace;
    // Of code that nothing is known of, going back undoes what ran, no more.
    return taken > 0;
  }

  /** Keeps the rule that whatever ran here is in `shipped` or in the running revision's history. */
  #keepShipped(
    from: Code,
    to: Code,
    comparison: Comparison | null,
    changeSet: ChangeSet,
    place: number,
  ): Change[] {
    const repository = to.repository ?? from.repository;
    if (repository === null) return [];
    const left = buildChangeSet(this.graph, repository, comparison?.removed ?? []);
    const unseen = left.changes.filter((change) => !this.#shipped.has(change));
    this.#shipped.add({ known: true, changes: unseen, merges: [] }, repository, null);
    this.#shipped.add(changeSet, repository, place);
    return unseen;
  }

  #revertsOf(change: Change, running: Classified): Classified["reverts"] {
    const { repository } = change;
    const messageOf = (revision: string) =>
      this.graph.change(repository, revision)?.message ?? null;
    const revert = readRevert(change.message, messageOf);
    if (!revert) return [];
    const shipped = this.#shipped.undoneBy(revert, repository);
    if (shipped.length > 0) return shipped.map((target) => ({ change, target }));
    const { revision: tip } = running.attempt;
    if (tip === null) return [];
    // What came with the first deployment is known only as its history.
    return revert.revisions
      .filter((revision) => this.graph.concerns(repository, revision) !== false)
      .filter((revision) => this.#graphOf(repository).compare(tip, revision).relation === "older")
      .map((revision) => {
        const title = messageOf(revision)?.split("\n", 1)[0] ?? null;
        return { change, target: { repository, revision, title, broughtBy: [] } };
      });
  }

  #changeSet(from: Code, to: Code, comparison: Comparison | null): ChangeSet {
    if (sameCode(from, to)) return emptyChangeSet;
    const repository = to.repository ?? from.repository;
    if (comparison === null || repository === null) return unknownChangeSet;
    return buildChangeSet(this.graph, repository, comparison.added);
  }

  #countRemoved(code: Code, comparison: Comparison | null): number | null {
    if (!comparison?.removedKnown || code.repository === null) return null;
    return buildChangeSet(this.graph, code.repository, comparison.removed).changes.length;
  }

  /** Null where the two cannot be compared by revision in one repository. */
  #compare(from: Code, to: Code): Comparison | null {
    const repository = to.repository ?? from.repository;
    if (from.revision === null || to.revision === null || repository === null) return null;
    if (from.repository !== null && from.repository !== repository) return null;
    return this.#graphOf(repository).compare(from.revision, to.revision);
  }

  #graphOf(repository: string): CommitGraph {
    const graph = this.#graphs.get(repository) ?? new CommitGraph(repository, this.graph);
    this.#graphs.set(repository, graph);
    return graph;
  }
}
