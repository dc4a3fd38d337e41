import { sql } from "kysely";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { newId } from "@/lib/auth/secrets";
import type { ConfigSource } from "@/lib/config";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { deliveriesChannel } from "@/lib/ingest/door";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { proveDelivery } from "@/lib/ingest/prove-delivery";
import { canTest } from "@/lib/settings/list-providers";
import type { Reader } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

/**
 * Sends a source a test as its provider would, proved by its newest secret and taken
 * as the door takes any other; it ends as ignored, so no fact comes of it. Throws
 * `not_found`, and `conflict` where Pushline cannot send in the provider's name.
 */
export async function testSource(
  context: Context,
  name: string,
): Promise<{ delivery: string; outcome: "accepted" | "duplicate" }> {
  authorise(context, "admin");
  const source = context.config.sources.find((known) => known.name === name);
  const provider = source ? providerNamed(source.provider) : null;
  if (!source || !provider) throw new Problem("not_found", "There is no source of this name.");
  if (!canTest(provider, source.auth))
    throw new Problem("conflict", `Pushline cannot send a test in the name of ${provider.name}.`);
  const receivedAt = context.clock.now();
  const { body, ...sent } = signedTest(source, provider, receivedAt);
  const delivery = proveDelivery(source, provider, {
    ...sent,
    body,
    signable: [body],
    receivedAt,
  });
  const [stored] = await insertDeliveries(context.ingestDb, [delivery]);
  if (!stored) throw new Error("A stored delivery has an id.");
  await context.db.transaction().execute(async (trx) => {
    await recordAudit(trx, context, {
      action: "source.tested",
      subject: { kind: "source", id: name },
      details: { delivery: stored.id },
    });
    await sql`select pg_notify(${deliveriesChannel}, '')`.execute(trx);
  });
  return { delivery: stored.id, outcome: stored.outcome };
}

function signedTest(source: ConfigSource, provider: Reader, at: Date) {
  const test = provider.testDelivery?.(newId(), at);
  if (!test) throw new Error("canTest said that there is one.");
  const [secret = ""] = source.secrets;
  return {
    body: test.body,
    headers: { ...test.headers, ...proofOf(source, provider, test, secret) },
    pathKey: source.auth === "path" ? secret : null,
  };
}

function proofOf(
  { auth, username, header }: ConfigSource,
  provider: Reader,
  test: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): Record<string, string> {
  switch (auth) {
    case "signature":
      return provider.sign?.(test.body, secret, test.headers) ?? {};
    case "bearer":
      return { authorization: `Bearer ${secret}` };
    case "basic":
      return { authorization: `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}` };
    case "header":
      return { [header ?? ""]: secret };
    case "path":
      return {};
  }
}
