import { z } from "zod";

/** What a person says of one report of a whole. */
export const separationBody = z.strictObject({
  /** The report's own public id. */
  member: z.string().min(1).max(100),
  /** False takes an earlier word back. */
  apart: z.boolean(),
  note: z.string().max(5_000).nullable().default(null),
});
export type SeparationBody = z.infer<typeof separationBody>;
