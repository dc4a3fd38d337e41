import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { newSecret } from "@/lib/auth/secrets";
import { chooseAuth } from "@/lib/config/credentials";
import { authModes, configSource } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import type { SourceWithSecretAnswer } from "@/lib/http/settings-answers";
import { changeSettings } from "@/lib/settings/change-settings";
import { readSource } from "@/lib/settings/list-sources";
import { sourcePurpose } from "@/lib/settings/live-config";
import { refuseTakenSender } from "@/lib/settings/names";
import { checkSource } from "@/lib/settings/source-written";
import { providerNamed } from "@/lib/sources/registry";

const { name, provider, username, header } = configSource.shape;

export const secretField = z
  .string("a text")
  .min(1, "a text that is not empty")
  .max(1_000, "at most 1,000 characters");

/** How a source proves itself, its secret apart. */
export const sourceProofFields = {
  auth: z.enum(authModes, `one of ${authModes.join(", ")}`).nullish(),
  username: username.nullish(),
  header: header.nullish(),
};

export const sourceBody = z.strictObject({
  name: name.max(100, "at most 100 characters"),
  provider,
  ...sourceProofFields,
  /** Where the sender has one already; else one is made. */
  secret: secretField.nullish(),
});
export type SourceBody = z.output<typeof sourceBody>;

/**
 * Adds a source; its secret is in this answer and nowhere else. One that was removed
 * comes back by its name, where it is of the same provider. Throws `name_taken`, and
 * `invalid_field` for what pushline.yaml would refuse too.
 */
export async function addSource(
  context: Context,
  { secret: given, ...body }: SourceBody,
): Promise<SourceWithSecretAnswer> {
  authorise(context, "admin");
  const auth = chooseAuth(
    {
      auth: body.auth ?? undefined,
      username: body.username ?? undefined,
      header: body.header ?? undefined,
    },
    providerNamed(body.provider)?.defaultAuth,
  );
  const proof = {
    auth,
    username: body.username ?? null,
    header: body.header?.toLowerCase() ?? null,
  };
  const secret = given ?? newSecret();
  const identity = { name: body.name, provider: body.provider };
  checkSource({ ...identity, ...proof, secret });
  const now = context.clock.now();
  const row = {
    ...proof,
    sealed_secrets: [context.vault.seal(sourcePurpose(body.name), secret)],
    created_by: context.actor.name,
    created_at: now,
    rotated_at: null,
    removed_at: null,
  };
  await changeSettings(context, async (trx) => {
    const revived = await trx
      .updateTable("configured_sources")
      .set(row)
      .where("name", "=", identity.name)
      .where("provider", "=", identity.provider)
      .where("removed_at", "is not", null)
      .executeTakeFirst();
    if (revived.numUpdatedRows === 0n) {
      await refuseTakenSender(trx, context.config, identity.name);
      await trx
        .insertInto("configured_sources")
        .values({ ...identity, ...row })
        .execute();
    }
    await recordAudit(trx, context, {
      action: "source.added",
      subject: { kind: "source", id: identity.name },
      details: { provider: identity.provider, ...proof },
    });
  });
  return { source: await readSource(context, identity.name), secret };
}
