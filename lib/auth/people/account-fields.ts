import { z } from "zod";
import { roles } from "@/lib/auth/actor";

/** What of accounts comes from outside, bounded. */

const textField = (most: number) => z.string().trim().min(1).max(most);

export const roleField = z.enum(roles);
export const nameField = textField(200);
export const emailField = textField(254).refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
  error: "an e-mail address",
});
/** What makes a good one is told by the rules; this only keeps out what can be none. */
export const passwordField = z.string().max(1_000);
export const tokenField = z.string().regex(/^[\w-]{16,64}$/, { error: "the end of the address" });
export const idField = z.string().regex(/^[\w-]{1,64}$/, { error: "an id" });
export const noteField = z.string().trim().max(200);
export const teamField = textField(200);
export const teamRolesField = z
  .record(teamField, roleField)
  .refine((teams) => Object.keys(teams).length <= 500, { error: "at most 500 teams" });

export const newAccountBody = z.strictObject({
  token: tokenField,
  name: nameField,
  email: emailField,
  password: passwordField,
});
export type NewAccount = z.infer<typeof newAccountBody>;
