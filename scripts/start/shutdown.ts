const patienceMilliseconds = 9_000;
/** One Ctrl-C can arrive twice: from the terminal and passed on by npm. */
const sameSignalMilliseconds = 1_000;

/**
 * Runs the closers, last opened first, on the first signal or fatal error, and
 * exits: 0 after a signal, 1 otherwise. A second signal exits at once.
 */
export function closeOnSignals(log: (line: string) => void) {
  const closers: { name: string; limitMilliseconds: number; close: () => Promise<void> }[] = [];
  let stoppingSince: number | null = null;

  async function stop(code: number): Promise<void> {
    stoppingSince = Date.now();
    setTimeout(() => {
      log("Closing took too long; leaving now.");
      process.exit(1);
    }, patienceMilliseconds).unref();
    for (const { name, limitMilliseconds, close } of closers.reverse())
      await withLimit(close(), limitMilliseconds).catch((error: unknown) =>
        log(`Closing ${name}: ${error instanceof Error ? error.message : String(error)}`),
      );
    process.exit(code);
  }

  const onSignal = (signal: NodeJS.Signals) => {
    if (stoppingSince === null) {
      log(`\n${signal}: finishing what is in flight, then stopping.`);
      void stop(0);
    } else if (Date.now() - stoppingSince > sameSignalMilliseconds) {
      log("Stopping at once.");
      process.exit(130);
    }
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);

  const onFatal = (error: unknown) => {
    log(`Pushline has to stop: ${error instanceof Error ? error.stack : String(error)}`);
    if (stoppingSince === null) void stop(1);
  };
  process.on("uncaughtException", onFatal);
  process.on("unhandledRejection", onFatal);
  // A closed terminal must not end the process before it has cleaned up.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);

  return {
    add(name: string, limitMilliseconds: number, close: () => Promise<void>): void {
      closers.push({ name, limitMilliseconds, close });
    },
    /** After a failed start: closes what was opened and exits. */
    async fail(code: number): Promise<void> {
      if (stoppingSince === null) await stop(code);
    },
  };
}

function withLimit(work: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("gave up waiting")), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
