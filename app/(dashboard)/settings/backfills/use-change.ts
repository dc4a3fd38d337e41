import { putAnswer } from "@/app/_query/answer";
import { useSending } from "@/app/_settings/use-sending";
import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import type { BackfillChange } from "@/lib/backfill/change-backfill";

/** Pauses a backfill, goes on with it or stops it. */
export function useChange({ id }: Pick<BackfillAnswer, "id">, onDone?: () => void) {
  return useSending(
    (change: BackfillChange) =>
      putAnswer<BackfillAnswer>(`/api/v1/backfills/${encodeURIComponent(id)}`, change),
    ["/api/v1/backfills"],
    onDone,
  );
}
