import { scryptSync } from "node:crypto";
import type { Role } from "@/lib/auth/actor";
import { addPerson, type PersonRow, passwordIssuer } from "@/lib/auth/people/add-person";
import { newId } from "@/lib/auth/secrets";
import { openSession } from "@/lib/auth/sessions/sessions";
import type { Context } from "@/lib/context";

/** A person with a session, as sign-in leaves them; `cookie` is what their browser sends. */
export async function signedIn(
  context: Context,
  { role = "viewer", teams = {}, name = `${role} ${newId()}` }: Partial<SignedIn> = {},
): Promise<{ cookie: string; person: PersonRow }> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
  const person = await addPerson(context.db, context, { name, email, role });
  // Straight in: a test's team need not be configured.
  for (const [team, held] of Object.entries(teams))
    await context.db
      .insertInto("team_members")
      .values({ team, person_id: person.id, role: held })
      .execute();
  const options = { person: person.id, issuer: passwordIssuer, userAgent: null };
  return { cookie: cookieOf(await openSession(context.db, context, options)), person };
}

interface SignedIn {
  role: Role;
  teams: Readonly<Record<string, Role>>;
  name: string;
}

/** What a browser sends back of a Set-Cookie. */
export function cookieOf(setCookie: string | null): string {
  return setCookie?.split(";")[0] ?? "";
}

/** A password as it is kept, with parameters that cost nothing: verifying goes by those. */
export function cheapHash(password: string): string {
  const salt = Buffer.from("salt of the tests");
  const hash = scryptSync(password, salt, 32, { N: 1_024, r: 8, p: 1 });
  return `scrypt$1024$8$1$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}
