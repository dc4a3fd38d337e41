import { setTimeout as sleep } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";

const firstBackoffMilliseconds = 100;
const longestBackoffMilliseconds = 5_000;
/** A connection that died without a word is found out by asking. */
const probeEveryMilliseconds = 15_000;

/**
 * Calls a channel's handler at each notification, and at each new connection,
 * since something may have been said while there was none. Takes one connection
 * of the pool for itself and replaces it when it breaks.
 */
export function listen(
  pool: Pool,
  handlers: Readonly<Record<string, () => void>>,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const running = run();

  async function run(): Promise<void> {
    let backoff = firstBackoffMilliseconds;
    while (!stop.signal.aborted) {
      try {
        await session();
        backoff = firstBackoffMilliseconds;
      } catch {
        // The polls of those who listen carry on meanwhile.
        await sleep(backoff, undefined, { signal: stop.signal }).catch(() => undefined);
        backoff = Math.min(backoff * 2, longestBackoffMilliseconds);
      }
    }
  }

  /** One connection's life; resolves when it broke or we stop, rejects when it never came to be. */
  async function session(): Promise<void> {
    const client = await pool.connect();
    try {
      const over = broken(client, stop.signal);
      client.on("notification", ({ channel }) => handlers[channel]?.());
      for (const channel of Object.keys(handlers))
        await client.query(`listen ${client.escapeIdentifier(channel)}`);
      for (const handler of Object.values(handlers)) handler();
      await over;
    } finally {
      client.release(true);
    }
  }

  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}

function broken(client: PoolClient, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const probe = setInterval(() => {
      client.query("select 1").catch(end);
    }, probeEveryMilliseconds);
    function end(): void {
      clearInterval(probe);
      resolve();
    }
    client.once("error", end);
    client.once("end", end);
    stop.addEventListener("abort", end, { once: true });
    if (stop.aborted) end();
  });
}
