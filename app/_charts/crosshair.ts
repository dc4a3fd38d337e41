/**
 * The crosshair's state, outside React: a pointer move must not render twelve
 * graphs. Listeners write to the DOM, all in one animation frame.
 */

export interface CrosshairState {
  /** The time under the crosshair; null while it is hidden. */
  at: number | null;
  /** What is being dragged over, to zoom into. */
  selection: { from: number; to: number } | null;
  by: "pointer" | "keyboard" | "marker";
  /** The pointer's place in the viewport, for the tooltip; null without a pointer. */
  pointer: { x: number; y: number } | null;
}

export interface Crosshair {
  get: () => CrosshairState;
  move: (change: Partial<CrosshairState>) => void;
  hide: () => void;
  /** Calls back once a frame in which something moved; returns what ends that. */
  listen: (listener: (state: CrosshairState) => void) => () => void;
}

const hidden: CrosshairState = { at: null, selection: null, by: "pointer", pointer: null };

export function createCrosshair(nextFrame: (run: () => void) => void = onFrame): Crosshair {
  let state = hidden;
  let waiting = false;
  const listeners = new Set<(state: CrosshairState) => void>();

  function change(next: CrosshairState) {
    state = next;
    if (waiting) return;
    waiting = true;
    nextFrame(() => {
      waiting = false;
      for (const listener of listeners) listener(state);
    });
  }

  return {
    get: () => state,
    move: (part) => change({ ...state, ...part }),
    hide: () => change(hidden),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function onFrame(run: () => void) {
  requestAnimationFrame(run);
}
