import { Problem } from "@/lib/http/problem";
import { oncePerProcess } from "@/lib/once-per-process";

/** Runs so many jobs at once and lets so many more wait; whoever comes then is refused. */
export interface Queue {
  /** Throws `too_many_requests` where even the waiting places are taken. */
  run<Answer>(job: () => Promise<Answer>): Promise<Answer>;
  readonly running: number;
  readonly waiting: number;
}

export function createQueue(limits: {
  running: number;
  waiting: number;
  /** What they do, for the refusal. */
  jobs: string;
}): Queue {
  const line: (() => void)[] = [];
  let running = 0;
  return {
    get running() {
      return running;
    },
    get waiting() {
      return line.length;
    },
    async run(job) {
      if (running < limits.running) running += 1;
      else if (line.length < limits.waiting) await new Promise<void>((go) => line.push(go));
      else
        throw new Problem(
          "too_many_requests",
          `At most ${limits.running + limits.waiting} ${limits.jobs} run or wait at once.`,
          { retryAfterSeconds: 10 },
        );
      try {
        return await job();
      } finally {
        // A place is handed on rather than freed: nobody gets in between.
        const next = line.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}

/**
 * Where one-time tokens are taken up: of many tries with one token only the first
 * makes a hash, and none holds a connection of the database meanwhile.
 */
export const inTurn = oncePerProcess("one-time-tokens", () =>
  createQueue({ running: 1, waiting: 200, jobs: "set-ups, acceptances and new passwords" }),
);
