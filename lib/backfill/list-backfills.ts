import { authorise } from "@/lib/auth/policy";
import { type BackfillAnswer, backfillAnswerOf } from "@/lib/backfill/backfill-answer";
import type { Context } from "@/lib/context";
import type { Page } from "@/lib/http/answers";
import { decodeCursor, olderThan, page } from "@/lib/http/cursor";

/** Histories that are fetched, or were, newest first, a page at a time. Throws `invalid_cursor`. */
export async function listBackfills(
  context: Context,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<Page<BackfillAnswer>> {
  authorise(context, "admin");
  const now = context.clock.now();
  let query = context.db.selectFrom("backfills").selectAll();
  if (cursor) query = query.where(olderThan(decodeCursor(cursor), { at: "created_at" }));
  const rows = await query
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return page(
    rows,
    limit,
    (row) => ({ at: row.created_at, id: row.id }),
    (row) => backfillAnswerOf(row, now),
  );
}
