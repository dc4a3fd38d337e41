import { sql } from "kysely";
import { z } from "zod";
import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { deliveryAnswer as listed } from "@/lib/http/fact-answers";
import { Problem } from "@/lib/http/problem";
import {
  deliveryAnswer,
  deliveryId,
  listedColumns,
  reachesSource,
} from "@/lib/ingest/list-deliveries";
import { maskBody, maskHeaders } from "@/lib/ingest/mask";

/** More is for the database's own tools, not for a page. */
const shownBytesAtMost = 256 * 1024;

export const deliveryDetailAnswer = listed.extend({
  provider: z.string(),
  /** Who, for what the product delivered to itself. */
  actor: z.string().nullable(),
  projectedAt: z.iso.datetime().nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.object({
    encoding: z.enum(["utf-8", "base64"]),
    text: z.string(),
    bytes: z.number().int(),
    /** True where only the first 256 KiB are shown. */
    truncated: z.boolean(),
  }),
});
export type DeliveryDetailAnswer = z.infer<typeof deliveryDetailAnswer>;

/** One delivery as it arrived, but for its secrets, and what became of it. Throws `not_found`. */
export async function readDelivery(context: Context, id: string): Promise<DeliveryDetailAnswer> {
  const row = await context.db
    .selectFrom("deliveries")
    .select([...listedColumns, "provider", "actor", "projected_at", "headers"])
    .select(sql<Buffer>`substring(body from 1 for ${shownBytesAtMost})`.as("shown"))
    .select(sql<number>`length(body)`.as("bytes"))
    .where("id", "=", deliveryId(id) ?? -1)
    .executeTakeFirst();
  if (!row || !reachesSource(reachOf(context), row.source))
    throw new Problem("not_found", "There is no delivery with this id.");
  const truncated = row.bytes > row.shown.byteLength;
  const secrets = context.config.sources.flatMap((source) => source.secrets);
  return {
    ...deliveryAnswer(row),
    provider: row.provider,
    actor: row.actor,
    projectedAt: row.projected_at?.toISOString() ?? null,
    headers: maskHeaders(row.headers, secrets),
    body: {
      ...maskBody(row.shown, { secrets, isCut: truncated }),
      bytes: row.bytes,
      truncated,
    },
  };
}
