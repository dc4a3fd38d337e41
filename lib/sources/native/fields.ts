import { z } from "zod";
import { toTime } from "@/lib/sources/time";

/**
 * Building blocks of the native events' schemas. Every message says what was
 * expected, for it goes to the sender as it stands.
 */

const bounded = (expected: string, longest: number) =>
  z.string({ error: expected }).min(1, { error: expected }).max(longest, { error: expected });

export const idField = bounded("text of 1 to 6,000 characters", 6000);
export const nameField = bounded("text of 1 to 255 characters", 255);
export const revisionField = bounded("a revision of 1 to 128 characters", 128);
export const titleField = bounded("text of 1 to 1,000 characters", 1000);
export const textField = z
  .string({ error: "text" })
  .max(65_536, { error: "text of at most 65,536 characters" });
export const urlField = bounded("an address of at most 4,000 characters", 4000);

/** Read as UTC with milliseconds, so that one moment is one content however it is written. */
export const timeField = z
  .string({ error: "an RFC 3339 time with an offset, as 2026-01-31T09:00:00Z" })
  .refine((text) => toTime(text) !== null, {
    error: "an RFC 3339 time with an offset, as 2026-01-31T09:00:00Z, of the years 1970 to 2200",
  })
  .meta({ format: "date-time" })
  .transform((text) => toTime(text) ?? text);

const largestInteger = 2_147_483_647;
export const countField = whole(0);
export const positiveField = whole(1);

function whole(least: number) {
  const expected = `a whole number from ${least} to 2,147,483,647`;
  return z
    .number({ error: expected })
    .int({ error: expected })
    .min(least, { error: expected })
    .max(largestInteger, { error: expected });
}

export const percentField = between(0, 100);
export const shareField = between(0, 1);

function between(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return z
    .number({ error: expected })
    .min(least, { error: expected })
    .max(most, { error: expected });
}

export const booleanField = z.boolean({ error: "true or false" });

export function oneOf<const V extends readonly string[]>(values: V) {
  return z.enum(values, { error: `one of ${values.join(", ")}` });
}

export function listOf<S extends z.ZodType>(member: S, most: number) {
  const expected = `a list of at most ${most.toLocaleString("en")}`;
  return z.array(member, { error: expected }).max(most, { error: expected });
}

/** May be left out, or null where the sender knows that there is none. */
export const optional = z.nullish;
