import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { newSecret } from "@/lib/auth/secrets";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import type { SourceWithSecretAnswer } from "@/lib/http/settings-answers";
import { secretField } from "@/lib/settings/add-source";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldSource } from "@/lib/settings/held-source";
import { readSource } from "@/lib/settings/list-sources";
import { sourcePurpose } from "@/lib/settings/live-config";

export const sourceRotationBody = z.strictObject({
  /** Where the sender has made it already; else one is made. */
  secret: secretField.nullish(),
});
export type SourceRotationBody = z.output<typeof sourceRotationBody>;

/**
 * Gives a source a second secret; both hold until the rotation is finished. Throws
 * `conflict` while one is under way (there are never three), `not_found`, `provisioned`.
 */
export async function rotateSource(
  context: Context,
  name: string,
  body: SourceRotationBody,
): Promise<SourceWithSecretAnswer> {
  authorise(context, "admin");
  const secret = body.secret ?? newSecret();
  await changeSettings(context, async (trx) => {
    const [current, ...others] = (await heldSource(trx, context, name)).sealed_secrets;
    if (!current || others.length > 0)
      throw new Problem("conflict", "Two secrets hold already: finish that rotation first.");
    const sealed = context.vault.seal(sourcePurpose(name), secret);
    await trx
      .updateTable("configured_sources")
      .set({ sealed_secrets: [sealed, current], rotated_at: context.clock.now() })
      .where("name", "=", name)
      .execute();
    await recordAudit(trx, context, {
      action: "source.rotation_begun",
      subject: { kind: "source", id: name },
    });
  });
  return { source: await readSource(context, name), secret };
}

/** Ends the secret before the newest. Throws `conflict` where there is one only. */
export async function finishSourceRotation(context: Context, name: string) {
  authorise(context, "admin");
  await changeSettings(context, async (trx) => {
    const [newest, ...others] = (await heldSource(trx, context, name)).sealed_secrets;
    if (!newest || others.length === 0)
      throw new Problem("conflict", "No rotation is under way: there is one secret.");
    await trx
      .updateTable("configured_sources")
      .set({ sealed_secrets: [newest] })
      .where("name", "=", name)
      .execute();
    await recordAudit(trx, context, {
      action: "source.rotation_finished",
      subject: { kind: "source", id: name },
    });
  });
  return readSource(context, name);
}
