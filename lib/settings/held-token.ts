import type { Selectable, Transaction } from "kysely";
import type { Database } from "@/db/schema";
import type { TokensTable } from "@/db/schema/access";
import { authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { accessToReach, reachOfRow, refuseReplacedSecret } from "@/lib/settings/token-access";

/**
 * A token that still holds and that the asker may manage. Throws `provisioned` for
 * one of pushline.yaml, `not_found` for one that is not there or was revoked, and
 * `forbidden` for whoever asks by a secret that a rotation replaced.
 */
export async function heldToken(
  trx: Transaction<Database>,
  context: Context,
  id: string,
): Promise<Selectable<TokensTable>> {
  const { config } = context;
  const inFile = config.tokens.find(
    (token) => token.id === id && config.provisioned.tokens.includes(token.name),
  );
  const row = await trx
    .selectFrom("tokens")
    .selectAll()
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!row && !inFile) throw new Problem("not_found", "There is no token with this id.");
  const { access, subject } = accessToReach(
    config,
    inFile?.reach ?? (row ? reachOfRow(row) : null),
  );
  authorise(context, access, subject);
  refuseReplacedSecret(context);
  if (!row)
    throw new Problem("provisioned", "This token comes from pushline.yaml, and is changed there.");
  return row;
}
