import type { Api } from "@/lib/backfill/open-api";
import { withCounted, withNextPhase } from "@/lib/backfill/progress";
import {
  awayWords,
  hasRoomAside,
  isAway,
  passed,
  withAside,
  withLeftOut,
  withoutFirstAside,
} from "@/lib/backfill/set-aside";
import { type At, deliveryInPart, deliveryOf, refusedWords, type Step } from "@/lib/backfill/step";
import { isOfItem, reasonOf } from "@/lib/backfill/trouble";
import type { HistoryItem } from "@/lib/sources/history";

/** Whether it is the API as a whole that does not answer, and not one item: what it throws, else null. */
export async function whyAway({ history, backfill }: At, api: Api): Promise<unknown> {
  try {
    await history.find(api.ask, backfill);
    return null;
  } catch (error) {
    return error;
  }
}

/**
 * The step, got past an item that would not come: it waits for the end, or is left out
 * where too many wait. Where many in a row would not come the phase goes no further.
 */
export function setAside(at: At, step: Step, item: HistoryItem, reason: string): Step {
  const { asked, history } = at;
  const past = hasRoomAside(at.backfill.progress)
    ? { ...step, after: (fresh: number) => withAside(step.after(fresh), item) }
    : leftOut(at, { ...step, after: (fresh) => passed(step.after(fresh)) }, item, reason);
  return {
    ...past,
    after(fresh) {
      const progress = past.after(fresh);
      if (!isAway(progress)) return progress;
      return withNextPhase(progress, history, asked, awayWords(reason));
    },
    gotOn: true,
    trouble: null,
  };
}

/**
 * Asks once more for the first of those that were set aside; what still does not come is
 * told without its details where that is sound, or left out. Throws what the API throws
 * that is away as a whole, or at its limit.
 */
export async function askOnceMore(at: At, item: HistoryItem, api: Api): Promise<Step> {
  const past = withoutFirstAside(at.backfill.progress);
  const step: Step = { deliveries: [], after: () => past, gotOn: true, trouble: null };
  try {
    const body = await at.phase.complete(item.given, api.ask, at.asked);
    if (body === "refused") return leftOut(at, step, item, refusedWords);
    const isOrdered = body === "ordered";
    return {
      ...step,
      deliveries: isOrdered ? [] : [deliveryOf(at, item, body)],
      after: (fresh) => withCounted(past, at.phase, { items: 1, fresh: isOrdered ? 1 : fresh }),
    };
  } catch (error) {
    if (!isOfItem(error)) throw error;
    const away = await whyAway(at, api);
    if (away !== null) throw away;
    return leftOut(at, step, item, reasonOf(error));
  }
}

function leftOut(at: At, step: Step, item: HistoryItem, reason: string): Step {
  const { phase, asked } = at;
  const body = phase.inPart?.(item.given, asked);
  const told = body !== undefined;
  const after = (fresh: number) =>
    withLeftOut(step.after(fresh), phase, { item: item.id, reason, told });
  if (!told) return { ...step, after };
  return {
    ...step,
    deliveries: [...step.deliveries, deliveryInPart(at, item, body)],
    after: (fresh) => withCounted(after(0), phase, { items: 1, fresh }),
  };
}
