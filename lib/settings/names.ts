import { sql, type Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { Config, SettingsNoun } from "@/lib/config";
import { Problem } from "@/lib/http/problem";

/** Throws `provisioned` for what pushline.yaml names. */
export function refuseProvisioned(
  { provisioned }: Pick<Config, "provisioned">,
  noun: SettingsNoun,
  name: string,
): void {
  if (!provisioned[noun].includes(name)) return;
  throw new Problem("provisioned", "This comes from pushline.yaml, and is changed there.");
}

/** How a save that may change what is there is held to making something new. */
export interface SaveOptions {
  onlyNew?: boolean;
}

/** Throws `name_taken` where something new was to be made, and it is there already. */
export function refuseExisting(isThere: boolean, { onlyNew = false }: SaveOptions): void {
  if (!onlyNew || !isThere) return;
  throw new Problem("name_taken", "This name is taken: what bears it can be changed.", {
    field: "name",
    expected: "another name",
  });
}

/**
 * Throws `name_taken` for a name under which a source or token sends or has sent, be
 * it one of pushline.yaml that is no more: facts bear their sender's name, and must
 * never become another's.
 */
export async function refuseTakenSender(
  trx: Transaction<Database>,
  { provisioned }: Pick<Config, "provisioned">,
  name: string,
): Promise<void> {
  const isOfFile = [...provisioned.sources, ...provisioned.tokens].includes(name);
  if (isOfFile || name === "pushline" || (await isStored(trx, name)))
    throw new Problem(
      "name_taken",
      "A source or token has or had this name, and what it sent still bears it.",
      { field: "name", expected: "another name" },
    );
}

async function isStored(trx: Transaction<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select exists (select from configured_sources where name = ${name})
      or exists (select from tokens where name = ${name})
      or exists (select from deliveries where source = ${name})
      or exists (select from series where source = ${name}) as taken`.execute(trx);
  return rows[0]?.taken ?? true;
}
