import { provePassword, readPasswordOf } from "@/lib/auth/passwords/own-password";
import { selfOf } from "@/lib/auth/people/self";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

const freshMinutes = 10;

/**
 * That whoever asks is the person and not somebody with their session: by the
 * password, or by having signed in within the last 10 minutes. For what outlasts
 * the session. Throws `wrong_credentials`, `too_many_requests`, and `forbidden`
 * where neither is there.
 */
export async function proveAgain(context: Context, password: string | null): Promise<void> {
  const self = selfOf(context);
  const known = await readPasswordOf(context, self.id);
  if (known && password !== null)
    return provePassword(context, known, { password, field: "password" });
  if (await hasJustSignedIn(context, self.session)) return;
  throw known
    ? new Problem("forbidden", "Please say your password again.", {
        field: "password",
        expected: "your password",
      })
    : new Problem(
        "forbidden",
        `Please sign out and in again first: this is for those who signed in within the last ${freshMinutes} minutes.`,
      );
}

async function hasJustSignedIn(
  { db, clock }: Pick<Context, "db" | "clock">,
  session: string,
): Promise<boolean> {
  const found = await db
    .selectFrom("sessions")
    .select("id")
    .where("id", "=", session)
    .where("created_at", ">", new Date(clock.now().getTime() - freshMinutes * 60_000))
    .executeTakeFirst();
  return found !== undefined;
}
