import type { Transaction } from "kysely";
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

/**
 * Throws `name_taken` for a name under which a source or token sends or has sent:
 * facts bear their sender's name, and must never become another's.
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
  const found = await trx
    .selectFrom("configured_sources")
    .select("name")
    .where("name", "=", name)
    .unionAll(trx.selectFrom("tokens").select("name").where("name", "=", name))
    .executeTakeFirst();
  return found !== undefined;
}
