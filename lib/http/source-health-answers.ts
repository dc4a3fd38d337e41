import { z } from "zod";
import { time, timeOrNull } from "@/lib/http/answers";
import { sourceStates } from "@/lib/source-health/state";

const settledOutcomes = ["accepted", "ignored", "failed"] as const;

export const sourceHealthAnswer = z.object({
  name: z.string(),
  state: z.enum(sourceStates),
  lastDeliveryAt: timeOrNull,
  /** Deliveries that wait to be read, as behind a mapping that takes its time. */
  pending: z.number().int(),
  /** By its own habit; null while it has none. */
  expectedBefore: timeOrNull,
  /** When the latest request came that did not prove itself, within 92 days. */
  refusedAt: timeOrNull,
  /** Every UTC hour of the last seven days and the running one. */
  hours: z.array(
    z.object({
      start: time,
      accepted: z.number().int(),
      ignored: z.number().int(),
      failed: z.number().int(),
      /** Requests that did not prove themselves. */
      refused: z.number().int(),
    }),
  ),
  /** What became of the deliveries of the last 28 days, the most frequent first. */
  outcomes: z.array(
    z.object({
      event: z.string(),
      outcome: z.enum(settledOutcomes),
      /** Why it was ignored, or the code of the failure; null for what was accepted. */
      reason: z.string().nullable(),
      deliveries: z.number().int(),
    }),
  ),
  /** How long after the time that it names a delivery arrives, of the newest; null where none names any. */
  clock: z
    .object({
      n: z.number().int(),
      medianSeconds: z.number(),
      /** Below zero the sender's clock runs ahead of ours. */
      leastSeconds: z.number(),
      mostSeconds: z.number(),
    })
    .nullable(),
});
export type SourceHealthAnswer = z.infer<typeof sourceHealthAnswer>;
