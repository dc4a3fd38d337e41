import { z } from "zod";
import { nameField, revisionField, titleField } from "@/lib/sources/native/fields";
import { toTime } from "@/lib/sources/time";

const shareExpected = "a number from 0 to 1";

/** What the sender of a report says beside it, in the address. */
export const postedQuery = z.strictObject({
  repository: nameField,
  revision: revisionField,
  branch: titleField.optional(),
  /** Which of the repository's suites it is: unit, browser. */
  name: nameField.optional(),
  coverage: z
    .string({ error: shareExpected })
    .regex(/^\d{0,3}(\.\d{1,15})?$/, { error: shareExpected })
    .transform(Number)
    .refine((share) => share <= 1, { error: shareExpected })
    .optional(),
  startedAt: z
    .string({ error: "an RFC 3339 time with an offset, as 2026-01-31T09:00:00Z" })
    .refine((text) => toTime(text) !== null, {
      error: "an RFC 3339 time with an offset, as 2026-01-31T09:00:00Z",
    })
    .optional(),
});
export type PostedQuery = z.infer<typeof postedQuery>;

/** The stored header that keeps the query, so that a rebuild reads what the door read. */
export const queryHeader = "pushline-query";

/** Names in order, so that equal questions are one delivery. */
export function writePosted(query: Record<string, string>): string {
  return new URLSearchParams(Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))).toString();
}

/** What `writePosted` wrote; a refusal's first issue is the caller's to tell. */
export function readPosted(headers: Record<string, string>) {
  return postedQuery.safeParse(Object.fromEntries(new URLSearchParams(headers[queryHeader] ?? "")));
}
