import type { BackfillAside, BackfillLeftOut, BackfillProgress } from "@/db/schema/backfills";
import { tallyOf } from "@/lib/backfill/progress";
import type { HistoryItem, HistoryPhase } from "@/lib/sources/history";

/** So often an item is asked for in a row, while the API answers all else. */
const triesAtMost = 5;
/** After so many in a row it is no longer the items: the part as a whole does not answer. */
const inRowAtMost = 10;
/** The last of them is waited for as long as an API that is away. */
const triesOfTheLast = 20;
/** So many wait to be asked for once more; what is beyond them is left out at once. */
const asideAtMost = 100;
/** So many are named. */
const namedAtMost = 20;

/** How often the next item is tried before it is set aside. */
export function triesFor({ asideInRow = 0 }: BackfillProgress): number {
  return asideInRow < inRowAtMost - 1 ? triesAtMost : triesOfTheLast;
}

/** Whether so many in a row would not come that nothing more is asked for in this phase. */
export function isAway({ asideInRow = 0 }: BackfillProgress): boolean {
  return asideInRow >= inRowAtMost;
}

export const awayWords = (reason: string) => `${inRowAtMost} in a row would not come: ${reason}`;

/** Whether another one may wait to be asked for once more. */
export function hasRoomAside({ aside = [] }: BackfillProgress): boolean {
  return aside.length < asideAtMost;
}

/** The first pending item waits to be asked for once more. */
export function withAside(
  progress: BackfillProgress,
  { id, given }: HistoryItem,
): BackfillProgress {
  const aside: BackfillAside = { phase: progress.phase, id, given };
  return { ...passed(progress), aside: [...(progress.aside ?? []), aside] };
}

/** The first pending item is not asked for again. */
export function passed(progress: BackfillProgress): BackfillProgress {
  return {
    ...progress,
    pending: progress.pending.slice(1),
    tries: 0,
    asideInRow: (progress.asideInRow ?? 0) + 1,
  };
}

/** The first one of those aside was asked for once more, whatever came of it. */
export function withoutFirstAside(progress: BackfillProgress): BackfillProgress {
  return { ...progress, aside: progress.aside?.slice(1) };
}

/** It would not come to the end; the first ones are named, all are counted. */
export function withLeftOut(
  progress: BackfillProgress,
  phase: HistoryPhase,
  leftOut: BackfillLeftOut,
): BackfillProgress {
  const tally = tallyOf(progress, phase);
  const { leftOut: named = [], leftOutCount = 0 } = tally;
  return {
    ...progress,
    tallies: {
      ...progress.tallies,
      [phase.name]: {
        ...tally,
        leftOut: named.length < namedAtMost ? [...named, leftOut] : named,
        leftOutCount: leftOutCount + 1,
      },
    },
  };
}
