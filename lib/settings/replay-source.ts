import { sql } from "kysely";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { iso } from "@/lib/deployments/deployment-answer";
import { pageByName } from "@/lib/http/cursor";
import { Problem } from "@/lib/http/problem";
import type { ReplayAnswer, ReplayPreviewAnswer } from "@/lib/http/replay-answers";
import { deliveriesChannel } from "@/lib/ingest/door";
import { maskValues } from "@/lib/ingest/mask";
import { beginReplay } from "@/lib/projection/replay/begin-replay";
import type { FactChange } from "@/lib/projection/replay/compare-facts";
import { previewReplay } from "@/lib/projection/replay/preview-replay";
import { mappingSource } from "@/lib/settings/mapping-source";
import { readMapping, writtenMapping } from "@/lib/settings/written-mapping";

export const replayPreviewBody = z.strictObject({
  /** Rules to be tried, for a mapping source; else those that it has. */
  mapping: writtenMapping.nullish(),
  /** So many of the newest are read. */
  deliveries: z.number().int().min(1).max(20_000).default(2_000),
  cursor: z.string().nullish(),
  limit: z.number().int().min(1).max(500).default(50),
});
export type ReplayPreviewBody = z.output<typeof replayPreviewBody>;

/** Rules that are tried may be slow, and whoever asked may have gone. */
const previewMilliseconds = 20_000;

/**
 * Which facts would change if the kept deliveries of a source were read by today's reader, or
 * by rules that are tried; nothing is written. Throws `not_found`, and what these rules are
 * refused for.
 */
export async function previewSourceReplay(
  context: Context,
  name: string,
  { mapping, deliveries, cursor, limit }: ReplayPreviewBody,
): Promise<ReplayPreviewAnswer> {
  authorise(context, "admin");
  await refuseUnheard(context, name);
  if (mapping) mappingSource(context, name);
  const draft = mapping ? readMapping(mapping).rules : undefined;
  const { changes, ...seen } = await previewReplay(context.db, name, {
    draft,
    atMost: deliveries,
    milliseconds: previewMilliseconds,
  });
  const secrets = context.config.sources.flatMap((source) => source.secrets);
  const named = changes.map((change) => ({ ...change, name: `${change.noun} ${change.id}` }));
  const page = pageByName(named, { cursor: cursor ?? undefined, limit });
  return {
    ...(seen as Omit<ReplayPreviewAnswer, "facts" | "items" | "nextCursor">),
    facts: countChanges(changes),
    items: page.items.map(({ name: _, members, ...change }) => ({
      ...change,
      members: members.map((member) => ({ ...member, ...maskMember(member, secrets) })),
    })),
    nextCursor: page.nextCursor,
  };
}

/** Rules that are tried show no more of deliveries than the inbox does, so by its name too. */
function maskMember(
  { name, before, after }: FactChange["members"][number],
  secrets: readonly string[],
): { before: unknown; after: unknown } {
  const shown = (value: unknown) => maskValues({ [name]: value }, secrets)[name] ?? null;
  return { before: shown(before), after: shown(after) };
}

/** How many facts appear, change and vanish. */
export function countChanges(changes: readonly FactChange[]): ReplayPreviewAnswer["facts"] {
  const facts = { appears: 0, changes: 0, vanishes: 0 };
  for (const { change } of changes) facts[change] += 1;
  return facts;
}

/**
 * Has all that is kept of a source read again by today's reader, in the background. Throws
 * `not_found` where nothing of it is.
 */
export async function replaySource(context: Context, name: string): Promise<ReplayAnswer> {
  authorise(context, "admin");
  await refuseUnheard(context, name);
  await context.db.transaction().execute(async (trx) => {
    const deliveries = await beginReplay(trx, name, context.clock.now());
    await recordAudit(trx, context, {
      action: "source.replayed",
      subject: { kind: "source", id: name },
      details: { deliveries },
    });
    await sql`select pg_notify(${deliveriesChannel}, '')`.execute(trx);
  });
  return readSourceReplay(context, name);
}

/** How far the last replay of a source is; null where there was none. */
export async function readSourceReplay(context: Context, name: string): Promise<ReplayAnswer> {
  authorise(context, "admin");
  const row = await context.db
    .selectFrom("replays")
    .selectAll()
    .where("source", "=", name)
    .executeTakeFirst();
  if (!row) return { replay: null };
  const { done, total, changed, started_at, finished_at } = row;
  const startedAt = started_at.toISOString();
  return { replay: { done, total, changed, startedAt, finishedAt: iso(finished_at) } };
}

/** Sources that were removed, and tokens, have sent what may be read again too. */
async function refuseUnheard({ config, db }: Context, name: string): Promise<void> {
  if (config.sources.some((source) => source.name === name)) return;
  const heard = await db
    .selectFrom("deliveries")
    .select("id")
    .where("source", "=", name)
    .limit(1)
    .executeTakeFirst();
  if (!heard) throw new Problem("not_found", "Nothing of this source is kept.");
}
