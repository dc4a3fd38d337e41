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

/** One delivery as it arrived and what became of it. Throws `not_found`. */
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
  return {
    ...deliveryAnswer(row),
    provider: row.provider,
    actor: row.actor,
    projectedAt: row.projected_at?.toISOString() ?? null,
    headers: row.headers,
    body: { ...encode(row.shown, truncated), bytes: row.bytes, truncated },
  };
}

/** As text where it is UTF-8 (a cut may fall inside a character), else in base64. */
function encode(bytes: Buffer, truncated: boolean): { encoding: "utf-8" | "base64"; text: string } {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { encoding: "utf-8", text: decoder.decode(bytes, { stream: truncated }) };
  } catch {
    return { encoding: "base64", text: bytes.toString("base64") };
  }
}
