import { z } from "zod";
import { time } from "@/lib/http/answers";

/** Work over all of history that goes on just now. */
export const workAnswer = z.object({
  /** A rebuild of all facts, changed rules being applied to them, or a source's deliveries being read again. */
  work: z.enum(["rebuild", "rules", "replay"]),
  /** Whose deliveries, for a replay. */
  source: z.string().nullable(),
  /** Deliveries are read, facts are made or placed anew, streams are derived. */
  phase: z.enum(["reading", "facts", "deriving"]),
  /** Of the phase. */
  done: z.number().int(),
  total: z.number().int(),
  startedAt: time,
  updatedAt: time,
  /** False where nothing was heard of it for two minutes: it was stopped, and goes on when it is started again. */
  running: z.boolean(),
});
export type WorkAnswer = z.infer<typeof workAnswer>;
