import { type Kysely, sql } from "kysely";
import type { Database } from "@/db/schema";
import { recordAudit } from "@/lib/audit/audit";
import { addPerson, asPerson, type PersonRow } from "@/lib/auth/people/add-person";
import { acceptInvitation } from "@/lib/auth/people/invitations";
import type { ProviderSettings } from "@/lib/auth/sign-in/providers/find-provider";
import type { Flow } from "@/lib/auth/sign-in/providers/flow";
import type { ProvenIdentity } from "@/lib/auth/sign-in/providers/provider";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/**
 * The person to whom this identity belongs: known by issuer and subject, or new by
 * an invitation, or because the provider's settings admit anyone. Never found by
 * e-mail: issuers give addresses to others. Throws SignInRefusal.
 */
export async function admit(
  trx: Kysely<Database>,
  context: Context,
  { settings, flow, identity }: Admission,
): Promise<PersonRow> {
  const known = await findOwner(trx, identity);
  if (known?.disabled_at) throw new SignInRefusal("account_disabled");
  if (known) return known;
  const person = flow.invitation
    ? await invited(trx, context, flow.invitation, identity)
    : settings.admit === "anyone"
      ? await joined(trx, context, settings, identity)
      : null;
  if (!person) throw new SignInRefusal("not_invited");
  await addIdentity(trx, context, person.id, identity);
  return person;
}

export interface Admission {
  settings: ProviderSettings;
  flow: Flow;
  identity: ProvenIdentity;
}

/**
 * Lets the person who asks sign in by this identity as well. Throws SignInRefusal `identity_taken`.
 */
export async function linkIdentity(
  trx: Kysely<Database>,
  context: Context,
  person: string,
  identity: ProvenIdentity,
): Promise<void> {
  const owner = await findOwner(trx, identity);
  if (owner?.id === person) return;
  if (owner) throw new SignInRefusal("identity_taken");
  await addIdentity(trx, context, person, identity);
  await recordAudit(trx, context, {
    action: "account.identity_linked",
    subject: { kind: "person", id: person },
    details: { issuer: identity.issuer },
  });
}

/** Until the transaction ends nobody else makes a person of the same identity. */
async function findOwner(
  trx: Kysely<Database>,
  { issuer, subject }: ProvenIdentity,
): Promise<PersonRow | undefined> {
  const key = JSON.stringify(["pushline identity", issuer, subject]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
  return trx
    .selectFrom("people")
    .innerJoin("identities", "identities.person_id", "people.id")
    .selectAll("people")
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .forShare()
    .executeTakeFirst();
}

async function invited(
  trx: Kysely<Database>,
  context: Context,
  token: string,
  { name, email }: ProvenIdentity,
): Promise<PersonRow> {
  try {
    return await acceptInvitation(trx, context, token, { name, email });
  } catch (error) {
    if (error instanceof Problem && error.code === "expired")
      throw new SignInRefusal("invitation_expired");
    throw error;
  }
}

/** Nobody invited them: the audit says by which provider they came, and what they may. */
async function joined(
  trx: Kysely<Database>,
  context: Context,
  { name: provider, role }: ProviderSettings,
  { name, email }: ProvenIdentity,
): Promise<PersonRow> {
  const person = await addPerson(trx, context, { name, email, role });
  await recordAudit(trx, asPerson(context, person), {
    action: "person.joined",
    subject: { kind: "person", id: person.id },
    details: { provider, email, role },
  });
  return person;
}

async function addIdentity(
  trx: Kysely<Database>,
  { clock }: Pick<Context, "clock">,
  person: string,
  { issuer, subject }: ProvenIdentity,
): Promise<void> {
  await trx
    .insertInto("identities")
    .values({ issuer, subject, person_id: person, created_at: clock.now() })
    .execute();
}
