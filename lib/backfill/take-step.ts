import { ApiRefusal } from "@/lib/backfill/api-problem";
import type { Backfill } from "@/lib/backfill/claim";
import { completeItems } from "@/lib/backfill/complete-items";
import type { Api } from "@/lib/backfill/open-api";
import { askOnceMore } from "@/lib/backfill/pass-over";
import { begun, tallyOf, withNextPhase, withPage } from "@/lib/backfill/progress";
import { moved, type Step } from "@/lib/backfill/step";
import type { Context } from "@/lib/context";
import type { Asked, Found, History } from "@/lib/sources/history";

/**
 * The next piece of a backfill: finding the subject, one page, or some of a page's
 * items, or one that was set aside. Writes nothing. Throws what the API throws before
 * anything was completed; null when all is done.
 */
export async function takeStep(
  context: Pick<Context, "db" | "config" | "clock">,
  backfill: Backfill,
  history: History,
  api: Api,
): Promise<Step | null> {
  const { progress } = backfill;
  if (progress.found === null) {
    const found = await history.find(api.ask, backfill);
    return moved(begun(history, askedOf(context, backfill, found)));
  }
  const asked = askedOf(context, backfill, progress.found);
  const phase = history.phases[progress.phase];
  if (!phase) return finishAside(context, backfill, history, api);
  const { fresh } = tallyOf(progress, phase);
  if (phase.freshAtMost !== undefined && fresh >= phase.freshAtMost)
    return moved(withNextPhase(progress, history, asked, `${fresh} are enough for once.`));
  if (progress.pending.length > 0)
    return completeItems({ context, backfill, history, phase, asked }, api);
  if (progress.next === null) return moved(withNextPhase(progress, history, asked));
  try {
    const { json, pages, ...told } = await api.page(progress.next);
    const { items, ended, next = told.next } = phase.readPage(json, asked, progress.next);
    return moved(withPage(progress, phase, { items, next: ended ? null : next, pages }));
  } catch (error) {
    // One part that this token may not see keeps nobody from the others.
    if (!(error instanceof ApiRefusal) || error.status === 401) throw error;
    return moved(withNextPhase(progress, history, asked, error.message));
  }
}

function askedOf({ config }: Pick<Context, "config">, { since }: Backfill, found: Found): Asked {
  const name = found.subject.toLowerCase();
  const wantsPaths = config.services.some(
    (rule) => rule.repository?.toLowerCase() === name && rule.paths.length > 0,
  );
  return { ...found, since, wantsPaths };
}

/** When all else is done, what was set aside is asked for once more. */
async function finishAside(
  context: Pick<Context, "db" | "config" | "clock">,
  backfill: Backfill,
  history: History,
  api: Api,
): Promise<Step | null> {
  const { aside: [item] = [], found } = backfill.progress;
  const phase = item && history.phases[item.phase];
  if (!item || !phase || !found) return null;
  const asked = askedOf(context, backfill, found);
  return askOnceMore({ context, backfill, history, phase, asked }, item, api);
}
