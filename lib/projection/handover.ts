/** Hands incidents on after the commit, one at a time and each once however often it changed meanwhile. */
export interface Handover {
  add(incidents: readonly string[]): void;
  isEmpty(): boolean;
  /** Resolves when the one under way is done; the rest is left. */
  close(): Promise<void>;
}

export function createHandover(
  handOn: (incident: string) => Promise<void>,
  onDone: () => void,
  onError: (incident: string, error: unknown) => void,
): Handover {
  const waiting = new Set<string>();
  let closed = false;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    for (const incident of waiting) {
      if (closed) break;
      waiting.delete(incident);
      await handOn(incident).catch((error: unknown) => onError(incident, error));
    }
    running = null;
    onDone();
  }

  return {
    add(incidents) {
      for (const incident of incidents) waiting.add(incident);
      if (waiting.size > 0 && !closed) running ??= run();
    },
    isEmpty: () => running === null,
    async close() {
      closed = true;
      await running;
    },
  };
}
