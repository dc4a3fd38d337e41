import { awaitsAnswer, isForgotten, type OpenFailure } from "./open-failure";

/** The failures that may still draw an answer, as one walks forward in time. */
export class FailuresInPlay {
  /** Those whose deployment has not begun; the next one last. */
  readonly #ahead: OpenFailure[];
  #begun: OpenFailure[] = [];

  constructor(failures: readonly OpenFailure[]) {
    this.#ahead = [...failures].sort(
      (a, b) =>
        b.deployment.beganAt - a.deployment.beganAt || b.deployment.place - a.deployment.place,
    );
  }

  /** Those of deployments that had begun at `at`; moments must be asked for in order. */
  at(at: number): readonly OpenFailure[] {
    for (let next = this.#ahead.at(-1); next; next = this.#ahead.at(-1)) {
      if (next.deployment.beganAt > at) break;
      this.#begun.push(next);
      this.#ahead.pop();
    }
    this.#begun = this.#begun.filter(
      (failure) =>
        awaitsAnswer(failure, at) && !(failure.incidents.length === 0 && isForgotten(failure, at)),
    );
    return this.#begun;
  }

  /** Takes out the failure of a deployment that turned out not to have failed. */
  drop(place: number): void {
    this.#begun = this.#begun.filter(({ deployment }) => deployment.place !== place);
  }
}
