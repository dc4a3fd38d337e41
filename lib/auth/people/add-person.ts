import type { Kysely, Selectable } from "kysely";
import type { Database } from "@/db/schema";
import type { PeopleTable } from "@/db/schema/access";
import type { Person, Role } from "@/lib/auth/actor";
import { newId } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

export type PersonRow = Selectable<PeopleTable>;

/** The issuer of those who sign in by e-mail and password. */
export const passwordIssuer = "password";

/** The key of an account by password; its e-mail address is shown as it was written. */
export function subjectOf(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}

/** A new person; teams that pushline.yaml and settings no longer know are left out. */
export async function addPerson(
  trx: Kysely<Database>,
  context: Pick<Context, "clock" | "config">,
  { name, email, role, teams = {} }: NewPerson,
): Promise<PersonRow> {
  const person = await trx
    .insertInto("people")
    .values({ id: newId(), name, email, role, created_at: context.clock.now() })
    .returningAll()
    .executeTakeFirstOrThrow();
  const memberships = Object.entries(teams)
    .filter(([team]) => context.config.teams.some((known) => known.name === team))
    .map(([team, held]) => ({ team, person_id: person.id, role: held }));
  if (memberships.length > 0) await trx.insertInto("team_members").values(memberships).execute();
  return person;
}

export interface NewPerson {
  name: string;
  email: string | null;
  role: Role;
  teams?: Readonly<Record<string, Role>>;
}

/** Lets a person sign in by this e-mail and password. Throws `name_taken` where another does. */
export async function addPassword(
  trx: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  { person, email, hash }: { person: string; email: string; hash: string },
): Promise<void> {
  const added = await trx
    .insertInto("identities")
    .values({
      issuer: passwordIssuer,
      subject: subjectOf(email),
      person_id: person,
      password_hash: hash,
      created_at: clock.now(),
    })
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
    .returning("subject")
    .executeTakeFirst();
  if (!added)
    throw new Problem("name_taken", "An account with this e-mail is here already.", {
      field: "email",
      expected: "an e-mail address without an account",
    });
}

/** For the audit of what someone does before they are signed in. */
export function asPerson(context: Context, person: PersonRow): Context {
  return { ...context, actor: asActor(person) };
}

/** The person as an actor. */
export function asActor({ id, name, email, role }: PersonRow): Person {
  return { kind: "person", id, name, email, role: role as Role, teams: {}, session: "" };
}
