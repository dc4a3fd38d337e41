import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { configEngine } from "@/lib/config/schema";
import type { Context } from "@/lib/context";
import { basicAuthorization, enginePurpose } from "@/lib/engines/engine";
import { Problem } from "@/lib/http/problem";
import type { EngineAnswer } from "@/lib/http/settings-answers";
import { isRefusedHost } from "@/lib/outbound/refused-address";
import { changeSettings } from "@/lib/settings/change-settings";
import { engineAnswerOf } from "@/lib/settings/list-engines";
import { refuseExisting, refuseProvisioned, type SaveOptions } from "@/lib/settings/names";

export const engineName = configEngine.shape.name.max(100, "at most 100 characters");

/** What may stand in a header; a credential never goes anywhere else. */
const secretText = z
  .string("a text")
  .min(1, "a text that is not empty")
  .max(4_000, "at most 4,000 characters");
const headerText = secretText.regex(/^[\x21-\x7e]+$/, "letters, digits and signs without spaces");

export const engineBody = z.strictObject({
  url: configEngine.shape.url.max(2_000, "at most 2,000 characters"),
  /** Left out: as it was, where the engine stays at the same host; null: none. */
  credential: z
    .union([
      z.strictObject({
        username: secretText.regex(/^[^:]+$/, "a name without a colon"),
        password: secretText,
      }),
      z.strictObject({ token: headerText }),
    ])
    .nullable()
    .optional(),
});
export type EngineBody = z.output<typeof engineBody>;

/** Adds an engine or changes it. Throws `provisioned`, `name_taken`, `invalid_field`. */
export async function saveEngine(
  context: Context,
  name: string,
  { url, credential }: EngineBody,
  options: SaveOptions = {},
): Promise<EngineAnswer> {
  authorise(context, "admin");
  refuseAddress(new URL(url));
  return changeSettings(context, async (trx) => {
    refuseProvisioned(context.config, "engines", name);
    const before = await trx
      .selectFrom("configured_engines")
      .selectAll()
      .where("name", "=", name)
      .executeTakeFirst();
    refuseExisting(before !== undefined, options);
    // Whoever moves an engine elsewhere must know its credential: it is never shown.
    const isSameHost = before !== undefined && new URL(before.url).origin === new URL(url).origin;
    const kept = isSameHost ? before.sealed_credential : null;
    const sealed_credential =
      credential === undefined ? kept : credential && sealedCredential(context, name, credential);
    await trx
      .insertInto("configured_engines")
      .values({ name, url, sealed_credential, created_at: context.clock.now() })
      .onConflict((conflict) => conflict.column("name").doUpdateSet({ url, sealed_credential }))
      .execute();
    await recordAudit(trx, context, {
      action: "engine.saved",
      subject: { kind: "engine", id: name },
      details: {
        url,
        before: before?.url ?? null,
        credential: sealed_credential === null ? "none" : credential ? "new" : "kept",
      },
    });
    return engineAnswerOf({ name, url, sealed_credential }, false);
  });
}

function sealedCredential(
  { vault }: Pick<Context, "vault">,
  name: string,
  credential: NonNullable<EngineBody["credential"]>,
): Buffer {
  const authorization =
    "token" in credential ? `Bearer ${credential.token}` : basicAuthorization(credential);
  return vault.seal(enginePurpose(name), authorization);
}

/** What a name leads to is looked at with each call; an address that never may be is told now. */
function refuseAddress(url: URL): void {
  const refuse = (expected: string) => {
    throw new Problem("invalid_field", "This cannot be an engine's address.", {
      field: "url",
      expected,
    });
  };
  if (url.username || url.password) refuse("an address without a user: credentials go apart");
  if (url.search || url.hash) refuse("an address without ? and #");
  if (isRefusedHost(url.hostname))
    refuse("no link-local, metadata, multicast or unspecified address");
}
