import {
  type LaunchOptions,
  launchPostmaster,
  type Postmaster,
  stopPostmaster,
} from "@/db/embedded/postmaster";
import { isAlive } from "@/db/embedded/processes";

const firstDelayMilliseconds = 100;
/** The app has ten seconds for everything. */
const stopPatienceMilliseconds = 3_500;
const longestDelayMilliseconds = 5_000;

/** Keeps one Postgres running: starts it again, ever more patiently, whenever it ends by itself. */
export function supervise(first: Postmaster, options: LaunchOptions) {
  let current: Postmaster | null = first;
  let isStopping = false;
  let restarting: Promise<void> = Promise.resolve();

  watch(first);

  function watch(postmaster: Postmaster): void {
    if (postmaster.child) {
      postmaster.child.once("exit", (code, signal) => ended(signal ?? `exit ${code}`));
      if (postmaster.child.exitCode !== null || postmaster.child.signalCode !== null)
        ended("at once");
      return;
    }
    // A found one is nobody's child here, so its end is seen by looking.
    const timer = setInterval(() => {
      if (isAlive(postmaster.pid)) return;
      clearInterval(timer);
      ended("gone");
    }, 250);
    timer.unref();
  }

  function ended(how: string): void {
    if (isStopping || current === null) return;
    current = null;
    options.log(`Postgres ended unexpectedly (${how}); starting it again.`);
    restarting = restart();
  }

  async function restart(): Promise<void> {
    let delay = firstDelayMilliseconds;
    while (!isStopping) {
      try {
        const next = await launchPostmaster(options);
        current = next;
        options.log("Postgres runs again.");
        watch(next);
        return;
      } catch (error) {
        options.log(
          `Postgres cannot start, trying again in ${delay} ms. ${(error as Error).message}`,
        );
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(delay * 2, longestDelayMilliseconds);
      }
    }
  }

  return {
    pid: () => current?.pid ?? null,
    async stop(): Promise<void> {
      isStopping = true;
      await restarting;
      if (current) await stopPostmaster(current, stopPatienceMilliseconds);
      current = null;
    },
  };
}
