import { z } from "zod";

/** What may stand in a header; it never goes anywhere else. */
export const tokenField = z
  .string("a token")
  .regex(/^[\x21-\x7e]{1,4000}$/, "letters, digits and signs without spaces");

/** What a backfill's token is sealed for. */
export const tokenPurpose = (id: string) => `backfill ${id}`;
