import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import type { AuthMode } from "@/lib/config";
import type { Context } from "@/lib/context";
import type { SourceAnswer } from "@/lib/http/settings-answers";
import { sourceProofFields } from "@/lib/settings/add-source";
import { changeSettings } from "@/lib/settings/change-settings";
import { heldSource } from "@/lib/settings/held-source";
import { readSource } from "@/lib/settings/list-sources";
import { sourcePurpose } from "@/lib/settings/live-config";
import { checkSource } from "@/lib/settings/source-written";

export const sourceChangeBody = z.strictObject(sourceProofFields);
export type SourceChangeBody = z.output<typeof sourceChangeBody>;

/**
 * Changes how a source proves itself; its secret stays. What is left out stays as it
 * was, where the way of proving has a use for it. Throws `not_found`, `provisioned`,
 * and `invalid_field` for what pushline.yaml would refuse too.
 */
export async function changeSource(
  context: Context,
  name: string,
  body: SourceChangeBody,
): Promise<SourceAnswer> {
  authorise(context, "admin");
  await changeSettings(context, async (trx) => {
    const row = await heldSource(trx, context, name);
    const auth = body.auth ?? (row.auth as AuthMode);
    const proof = {
      auth,
      username: body.username ?? (auth === "basic" ? row.username : null),
      header: body.header?.toLowerCase() ?? (auth === "header" ? row.header : null),
    };
    const [newest = Buffer.alloc(0)] = row.sealed_secrets;
    const secret = context.vault.open(sourcePurpose(name), newest);
    checkSource({ name, provider: row.provider, ...proof, secret });
    await trx.updateTable("configured_sources").set(proof).where("name", "=", name).execute();
    await recordAudit(trx, context, {
      action: "source.changed",
      subject: { kind: "source", id: name },
      details: {
        before: { auth: row.auth, username: row.username, header: row.header },
        after: proof,
      },
    });
  });
  return readSource(context, name);
}
