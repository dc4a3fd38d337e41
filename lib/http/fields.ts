import { z } from "zod";

/** Decoders shared by the queries of many routes. */

export const timeField = z.iso
  .datetime({ offset: true, error: "an RFC 3339 time, as 2026-01-31T09:00:00Z" })
  .transform((text) => new Date(text))
  .refine((time) => time.getUTCFullYear() >= 1970 && time.getUTCFullYear() <= 2200, {
    error: "a time of the years 1970 to 2200",
  });

const limit = z.coerce.number().int().min(1).max(500);
export const limitField = limit.default(50);
/** For the lists that are answered whole where no limit is asked for. */
export const optionalLimitField = limit.optional();

export const timezoneField = z.string().refine(isTimezone, {
  error: "an IANA time zone, as Europe/Berlin",
});

/** By whose rules: our own, or those of a tool to compare with (docs/definitions.md). */
export const definitionField = z.enum(["pushline", "devlake"]).default("pushline");

export const bucketField = z.enum(["day", "week", "month"]);

export const weekStartField = z.enum(["monday", "sunday", "saturday"]).default("monday");

const namesAtMost = 500;

/** `a,b` or repeated: several names, any of which matches. */
export const namesField = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((part) => part.split(","))
      .filter(Boolean),
  )
  .refine((names) => names.length <= namesAtMost, { error: `at most ${namesAtMost} names` });

/** Repeated and never split: names of builds and suites may hold commas. */
export const exactNamesField = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat());

export const booleanField = z.enum(["true", "false"]).transform((text) => text === "true");

/** `4-8`: at or above 4, below 8, as the classes of an answer are; `32-` is without end. */
export const classField = z
  .string()
  .regex(/^\d{1,9}-(\d{1,9})?$/, { error: "from and below, as 4-8, or 32- without end" })
  .transform((text) => {
    const [from = "", to = ""] = text.split("-");
    return { from: Number(from), to: to === "" ? null : Number(to) };
  });

/** A name and no offset: to Postgres "+01:00" is west of Greenwich. */
function isTimezone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Like namesField, of a closed set. */
export function manyOf<const Name extends string>(names: readonly Name[]) {
  return namesField.pipe(z.array(z.enum(names)));
}
