import type { Kysely } from "kysely";
import type { Database } from "@/db/schema";

/** For when someone's password is settled otherwise, or must not be set at all. */
export async function dropLinksFor(trx: Kysely<Database>, person: string): Promise<void> {
  await trx.deleteFrom("password_links").where("person_id", "=", person).execute();
}

/** For when whoever made them is no admin any more. */
export async function dropLinksBy(trx: Kysely<Database>, person: string): Promise<void> {
  await trx.deleteFrom("password_links").where("made_by", "=", person).execute();
}
