import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { Api } from "@/lib/backfill/open-api";
import { setAside, whyAway } from "@/lib/backfill/pass-over";
import { withDelivered } from "@/lib/backfill/progress";
import { triesFor, withLeftOut } from "@/lib/backfill/set-aside";
import { type At, deliveryOf, knownBy, refusedWords, type Step } from "@/lib/backfill/step";
import { isOfItem, mayPass, reasonOf } from "@/lib/backfill/trouble";
import type { NewDelivery } from "@/lib/ingest/delivery";
import type { HistoryItem } from "@/lib/sources/history";

/**
 * Completes some of a page's items. One that will not come, while the API answers all
 * else, is tried five times in a row and then set aside; an API that is away as a whole
 * is waited for. Throws what is no affair of an item where none was completed before it.
 */
export async function completeItems(at: At, api: Api): Promise<Step> {
  const { progress } = at.backfill;
  const items = progress.pending.slice(0, at.phase.itemsAtOnce);
  const done = await complete(at, items, api);
  const after = (fresh: number) => {
    const delivered = { items: done.count, fresh: fresh + done.ordered };
    const since = done.hasAsked ? { asideInRow: 0 } : {};
    const counted = { ...withDelivered(progress, at.phase, delivered), ...since };
    return done.refused.reduce(
      (so, { id }) => withLeftOut(so, at.phase, { item: id, reason: refusedWords, told: false }),
      counted,
    );
  };
  const { deliveries, trouble } = done;
  const step: Step = { deliveries, after, gotOn: done.count > 0, trouble };
  const failed = items[done.count];
  if (trouble === null || failed === undefined) return step;
  if (!isOfItem(trouble)) {
    if (step.gotOn) return step;
    throw trouble;
  }
  const here = after(0);
  const tries = (here.tries ?? 0) + 1;
  const tried: Step = { ...step, after: (fresh) => ({ ...after(fresh), tries }) };
  if (mayPass(trouble) && tries < triesFor(here)) return tried;
  const away = await whyAway(at, api);
  return away === null
    ? setAside(at, step, failed, reasonOf(trouble))
    : { ...tried, trouble: away };
}

/** As many as come, one after the other. */
async function complete(at: At, items: readonly HistoryItem[], api: Api) {
  const { context, backfill, phase, asked } = at;
  const known = await keysKnown(
    context.db,
    items.flatMap((item) => knownBy(backfill.source, phase, item) ?? []),
  );
  const questions = api.questions();
  const deliveries: NewDelivery[] = [];
  const refused: HistoryItem[] = [];
  let [count, ordered] = [0, 0];
  let answered = questions;
  let trouble: unknown = null;
  for (const item of items) {
    const key = knownBy(backfill.source, phase, item);
    try {
      if (!key || !known.has(key.toString("hex"))) {
        const body = await phase.complete(item.given, api.ask, asked);
        if (body === "ordered") ordered += 1;
        else if (body === "refused") refused.push(item);
        else deliveries.push(deliveryOf(at, item, body));
      }
      count += 1;
      answered = api.questions();
    } catch (error) {
      trouble = error;
      break;
    }
  }
  return { deliveries, refused, count, ordered, hasAsked: answered > questions, trouble };
}

async function keysKnown(db: Kysely<Database>, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom("deliveries")
    .select("dedupe_key")
    .where("dedupe_key", "in", [...keys])
    .execute();
  return new Set(rows.map((row) => row.dedupe_key.toString("hex")));
}
