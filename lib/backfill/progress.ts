import type { BackfillProgress, BackfillTally } from "@/db/schema/backfills";
import { ApiRefusal } from "@/lib/backfill/api-problem";
import { contentHash } from "@/lib/facts/canonical";
import type { Asked, History, HistoryItem, HistoryPhase } from "@/lib/sources/history";

export const notBegun: BackfillProgress = {
  found: null,
  phase: 0,
  next: null,
  pending: [],
  tallies: {},
};

const emptyTally: BackfillTally = { found: 0, fresh: 0, pagesRead: 0, pages: null, problem: null };

export function tallyOf(progress: BackfillProgress, phase: HistoryPhase): BackfillTally {
  return progress.tallies[phase.name] ?? emptyTally;
}

/** The subject is found: the first phase begins. */
export function begun(history: History, asked: Asked): BackfillProgress {
  const { subject, details } = asked;
  return inPhase({ ...notBegun, found: { subject, details } }, history, asked, 0);
}

/** Ten million things and more: an API that lists as many invents them. */
const pagesAtMost = 100_000;
/** So many are kept at a time: the rest of a page that lists more is asked for again. */
const pendingAtMost = 1_000;
/** A page of new rows that came meanwhile pushes the same ones onto the next page, once. */
const repeatsAtMost = 1;

/**
 * A page was read: its items wait to be completed and delivered. Throws ApiRefusal for a
 * list that repeats its pages, and for a list that has no end.
 */
export function withPage(
  progress: BackfillProgress,
  phase: HistoryPhase,
  page: { items: HistoryItem[]; next: string | null; pages: number | null },
): BackfillProgress {
  const tally = tallyOf(progress, phase);
  const { behind } = progress;
  const from = behind === undefined ? 0 : page.items.findIndex(({ id }) => id === behind) + 1;
  const items = page.items.slice(from, from + pendingAtMost);
  const hasMore = page.items.length > from + items.length;
  const lastPage = contentHash(items.map(({ id }) => id));
  const isRepeated = items.length > 0 && lastPage === progress.lastPage;
  const repeats = isRepeated ? (progress.repeats ?? 0) + 1 : 0;
  if (repeats > repeatsAtMost) throw new ApiRefusal(200, "Its pages repeat themselves.");
  if (tally.pagesRead >= pagesAtMost) throw new ApiRefusal(200, "Its list has no end.");
  return {
    ...progress,
    next: hasMore ? progress.next : page.next,
    pending: items,
    behind: hasMore ? items.at(-1)?.id : undefined,
    lastPage,
    repeats,
    tallies: {
      ...progress.tallies,
      [phase.name]: {
        ...tally,
        pagesRead: tally.pagesRead + 1,
        // The last page does not name itself as the last.
        pages: page.next === null && !hasMore ? tally.pagesRead + 1 : (page.pages ?? tally.pages),
      },
    },
  };
}

/** Its first items are delivered. */
export function withDelivered(
  progress: BackfillProgress,
  phase: HistoryPhase,
  delivered: { items: number; fresh: number },
): BackfillProgress {
  return {
    ...withCounted(progress, phase, delivered),
    pending: progress.pending.slice(delivered.items),
    ...(delivered.items > 0 && { tries: 0 }),
  };
}

/** So many more of the phase are delivered. */
export function withCounted(
  progress: BackfillProgress,
  phase: HistoryPhase,
  delivered: { items: number; fresh: number },
): BackfillProgress {
  const tally = tallyOf(progress, phase);
  const { found, fresh } = tally;
  return {
    ...progress,
    tallies: {
      ...progress.tallies,
      [phase.name]: {
        ...tally,
        found: found + delivered.items,
        fresh: fresh + delivered.fresh,
      },
    },
  };
}

/** Nothing is left of the phase, or it cannot be had (`problem`): the next one begins. */
export function withNextPhase(
  progress: BackfillProgress,
  history: History,
  asked: Asked,
  problem: string | null = null,
): BackfillProgress {
  const phase = history.phases[progress.phase];
  if (!phase) return progress;
  const tally = { ...tallyOf(progress, phase), problem };
  const tallies = { ...progress.tallies, [phase.name]: tally };
  return inPhase({ ...progress, tallies }, history, asked, progress.phase + 1);
}

function inPhase(
  progress: BackfillProgress,
  history: History,
  asked: Asked,
  phase: number,
): BackfillProgress {
  return {
    ...progress,
    phase,
    pending: [],
    lastPage: undefined,
    repeats: 0,
    behind: undefined,
    tries: 0,
    asideInRow: 0,
    next: history.phases[phase]?.start(asked) ?? null,
  };
}
