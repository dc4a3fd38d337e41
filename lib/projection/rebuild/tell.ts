import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import { endProgress, type Progress, saveProgress } from "@/lib/projection/work-progress";

const everyMilliseconds = 2_000;

/**
 * Tells of a rebuild while it goes on: on the page through the live database,
 * and in lines, at most one every two seconds.
 */
export function tellOfRebuild(live: Kysely<Database>, log: (line: string) => void) {
  let progress: Progress = { phase: "reading", done: 0, total: 0 };
  let noun = "";
  let begunAt = 0;
  let toldAt = 0;

  async function tell(): Promise<void> {
    toldAt = performance.now();
    await saveProgress(live, "rebuild", progress);
  }

  return {
    async begin(phase: Progress["phase"], named: string, total: number): Promise<void> {
      progress = { phase, done: 0, total };
      noun = named;
      begunAt = performance.now();
      log(`${headings[phase]}: ${total} ${noun}.`);
      await tell();
    },
    async add(count: number): Promise<void> {
      const { phase, done, total } = progress;
      progress = { phase, done: done + count, total: Math.max(total, done + count) };
      if (performance.now() - toldAt < everyMilliseconds) return;
      const perSecond = progress.done / ((performance.now() - begunAt) / 1000);
      const left = Math.ceil((progress.total - progress.done) / Math.max(perSecond, 1));
      log(
        `  ${progress.done} of ${progress.total} ${noun}, ${Math.round(perSecond)} a second, about ${left} s left`,
      );
      await tell();
    },
    end: () => endProgress(live, "rebuild"),
  };
}

const headings: Record<Progress["phase"], string> = {
  reading: "Reading what was delivered",
  facts: "Making facts of it",
  deriving: "Deriving",
};
