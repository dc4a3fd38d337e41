import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";
import type { BackfillProgress } from "@/db/schema/backfills";
import { ApiRefusal } from "@/lib/backfill/api-problem";
import type { Backfill } from "@/lib/backfill/claim";
import type { Api } from "@/lib/backfill/open-api";
import { begun, tallyOf, withDelivered, withNextPhase, withPage } from "@/lib/backfill/progress";
import type { Context } from "@/lib/context";
import { contentHash } from "@/lib/facts/canonical";
import { dedupeKey, type NewDelivery } from "@/lib/ingest/delivery";
import type { Asked, Found, History, HistoryItem, HistoryPhase } from "@/lib/sources/history";

/** What one step brought: deliveries to store, and where it stands when they are. */
export interface Step {
  deliveries: NewDelivery[];
  /** How many of them were new is known when they are stored. */
  after(fresh: number): BackfillProgress;
  /** What ended the step early; what was completed before it counts. */
  trouble: unknown;
}

/**
 * The next piece of a backfill: finding the subject, one page, or some of a page's
 * items. Writes nothing. Throws what the API throws before anything was completed;
 * null when all phases are done.
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
  if (!phase) return null;
  const { fresh } = tallyOf(progress, phase);
  if (phase.freshAtMost !== undefined && fresh >= phase.freshAtMost)
    return moved(withNextPhase(progress, history, asked, `${fresh} are enough for once.`));
  if (progress.pending.length > 0)
    return deliverPending(context, backfill, history, phase, asked, api);
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

function moved(progress: BackfillProgress): Step {
  return { deliveries: [], after: () => progress, trouble: null };
}

async function deliverPending(
  context: Pick<Context, "db" | "clock">,
  { source, provider, progress }: Backfill,
  history: History,
  phase: HistoryPhase,
  asked: Asked,
  { ask }: Api,
): Promise<Step> {
  const deliveries: NewDelivery[] = [];
  const items = progress.pending.slice(0, phase.itemsAtOnce);
  const known = await keysKnown(
    context.db,
    items.flatMap((item) => knownBy(source, phase, item) ?? []),
  );
  let completed = 0;
  let ordered = 0;
  let trouble: unknown = null;
  for (const item of items) {
    const listedKey = knownBy(source, phase, item);
    try {
      if (!listedKey || !known.has(listedKey.toString("hex"))) {
        const body = await phase.complete(item.given, ask, asked);
        if (body === "ordered") ordered += 1;
        else if (body !== "refused")
          deliveries.push({
            source,
            provider,
            event: phase.event,
            dedupeKey: listedKey ?? keyOf(source, phase, item, body),
            headers: history.headers(phase.event),
            body: Buffer.from(JSON.stringify(body)),
            receivedAt: context.clock.now(),
          });
      }
      completed += 1;
    } catch (error) {
      if (completed === 0) throw error;
      trouble = error;
      break;
    }
  }
  const after = (fresh: number) =>
    withDelivered(progress, phase, { items: completed, fresh: fresh + ordered });
  return { deliveries, after, trouble };
}

/** What says that an item need not be asked for; null: only its details tell. */
function knownBy(source: string, phase: HistoryPhase, item: HistoryItem): Buffer | null {
  const delivered = phase.deliveryId?.(item.given);
  if (delivered) return dedupeKey(source, "id", delivered);
  return phase.tellsChange ? keyOf(source, phase, item, item.given) : null;
}

/** The same content of the same thing again is a duplicate, whichever backfill asked. */
function keyOf(source: string, phase: HistoryPhase, { id }: HistoryItem, content: unknown): Buffer {
  return dedupeKey(source, phase.event, id, contentHash(content));
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
