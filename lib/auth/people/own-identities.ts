import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { passwordIssuer } from "@/lib/auth/people/add-person";
import { selfOf } from "@/lib/auth/people/self";
import { issuerOf } from "@/lib/auth/sign-in/providers/find-provider";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { time } from "@/lib/http/answers";
import { Problem } from "@/lib/http/problem";

export const identityAnswer = z.object({
  /** "password" or the provider's address. */
  issuer: z.string(),
  /** Its name in pushline.yaml; null for the password, and for a provider that is no longer there. */
  provider: z.string().nullable(),
  since: time,
});
type IdentityAnswer = z.infer<typeof identityAnswer>;

/** By what a person signs in, the oldest first. */
export async function readIdentities(
  { db, config }: Pick<Context, "db" | "config">,
  person: string,
): Promise<IdentityAnswer[]> {
  const rows = await db
    .selectFrom("identities")
    .select(["issuer", "created_at"])
    .where("person_id", "=", person)
    .orderBy("created_at")
    .orderBy("issuer")
    .execute();
  return rows.map(({ issuer, created_at }) => ({
    issuer,
    provider: providerOf(config, issuer)?.name ?? null,
    since: created_at.toISOString(),
  }));
}

/**
 * Lets oneself no longer sign in by a provider, and ends the other sessions that were
 * begun by it. Throws `not_found`, and `conflict` for the last way in.
 */
export async function unlinkProvider(context: Context, provider: string): Promise<void> {
  const self = selfOf(context);
  const settings = context.config.signIn.providers.find(({ name }) => name === provider);
  const issuer = settings ? issuerOf(settings) : null;
  await context.db.transaction().execute(async (trx) => {
    // Of two at once that each leave the other, the second has to see the first.
    await trx
      .selectFrom("people")
      .select("id")
      .where("id", "=", self.id)
      .forNoKeyUpdate()
      .execute();
    const own = await trx
      .selectFrom("identities")
      .select("issuer")
      .where("person_id", "=", self.id)
      .execute();
    if (issuer === null || !own.some((each) => each.issuer === issuer))
      throw new Problem("not_found", "You do not sign in by a provider of this name.");
    if (!own.some((each) => each.issuer !== issuer && isWayIn(context.config, each.issuer)))
      throw new Problem("conflict", "This is your only way to sign in here: link another first.");
    await trx
      .deleteFrom("identities")
      .where("person_id", "=", self.id)
      .where("issuer", "=", issuer)
      .execute();
    await trx
      .deleteFrom("sessions")
      .where("person_id", "=", self.id)
      .where("issuer", "=", issuer)
      .where("id", "!=", self.session)
      .execute();
    await recordAudit(trx, context, {
      action: "account.identity_unlinked",
      subject: { kind: "person", id: self.id },
      details: { issuer },
    });
  });
}

/** Whether pushline.yaml still lets anyone in by it. */
function isWayIn(config: Config, issuer: string): boolean {
  return issuer === passwordIssuer
    ? config.signIn.password
    : providerOf(config, issuer) !== undefined;
}

function providerOf({ signIn }: Config, issuer: string) {
  return signIn.providers.find((settings) => issuerOf(settings) === issuer);
}
