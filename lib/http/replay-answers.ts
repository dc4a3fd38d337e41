import { z } from "zod";
import { time } from "@/lib/http/answers";

const member = z.object({ name: z.string(), before: z.unknown(), after: z.unknown() });

/** What a replay would do, as far as it was looked. */
export const replayPreviewAnswer = z.object({
  /** Deliveries that are kept of the source; how many of them, the newest, were read. */
  kept: z.number().int(),
  looked: z.number().int(),
  /** Of those that would come to something else: what they came to, and would. */
  outcomes: z.array(
    z.object({
      from: z.enum(["accepted", "ignored", "failed"]),
      /** Pending: its mapping had to be stopped, and would be tried again. */
      to: z.enum(["accepted", "ignored", "failed", "pending"]),
      deliveries: z.number().int(),
    }),
  ),
  facts: z.object({
    appears: z.number().int(),
    changes: z.number().int(),
    vanishes: z.number().int(),
  }),
  /** A page of these facts, with the members that differ. */
  items: z.array(
    z.object({
      noun: z.string(),
      id: z.string(),
      key: z.string(),
      change: z.enum(["appears", "changes", "vanishes"]),
      members: z.array(member),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type ReplayPreviewAnswer = z.infer<typeof replayPreviewAnswer>;

/** The last time that a source's deliveries were read again, or are; null where never. */
export const replayAnswer = z.object({
  replay: z
    .object({
      done: z.number().int(),
      total: z.number().int(),
      /** Deliveries that came to something else. */
      changed: z.number().int(),
      startedAt: time,
      /** Null while it goes on. */
      finishedAt: time.nullable(),
    })
    .nullable(),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;

export const mappingAnswer = z.object({
  source: z.string(),
  /** The rules as YAML; empty where there are none yet. */
  mapping: z.string(),
  /** It comes from pushline.yaml, and is changed there. */
  provisioned: z.boolean(),
  savedAt: time.nullable(),
});
export type MappingAnswer = z.infer<typeof mappingAnswer>;

export const savedMappingAnswer = mappingAnswer.extend({
  /** Deliveries that are read by it now, in the background. */
  deliveries: z.number().int(),
});

/** What one delivery would come to by a mapping. */
export const mappingPreviewAnswer = z.object({
  /** Pending: the mapping had to be stopped. */
  outcome: z.enum(["accepted", "ignored", "failed", "pending"]),
  error: z.object({ code: z.string(), detail: z.string() }).nullable(),
  facts: z.array(
    z.object({
      noun: z.string(),
      id: z.string(),
      key: z.string(),
      members: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type MappingPreviewAnswer = z.infer<typeof mappingPreviewAnswer>;
