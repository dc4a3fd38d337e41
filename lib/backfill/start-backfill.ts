import { randomBytes } from "node:crypto";
import { z } from "zod";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { type BackfillAnswer, backfillAnswerOf } from "@/lib/backfill/backfill-answer";
import { notBegun } from "@/lib/backfill/progress";
import { tokenField, tokenPurpose } from "@/lib/backfill/token";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { timeField } from "@/lib/http/fields";
import { Problem } from "@/lib/http/problem";
import { isRefusedHost } from "@/lib/outbound/refused-address";
import type { History } from "@/lib/sources/history";
import { providerNamed } from "@/lib/sources/registry";

export const backfillBody = z.strictObject({
  repository: z
    .string("owner/name")
    .trim()
    .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, "owner/name")
    .refine((name) => !name.split("/").some((part) => /^\.+$/.test(part)), "owner/name"),
  /** Whose webhooks tell of the same things; left out: the only one that has a history. */
  source: z.string().nullish(),
  since: timeField.nullish(),
  /** Where the API is, where that is not where it usually is. */
  api: z
    .url({ protocol: /^https?$/, error: "an address, as https://github.example.com/api/v3" })
    .max(2_000)
    .nullish(),
  token: tokenField.nullish(),
});
export type BackfillBody = z.output<typeof backfillBody>;

/**
 * Begins to fetch a repository's history from its provider's API; a worker goes on with
 * it. Throws `invalid_field`, and `conflict` while one of the same history is unfinished.
 */
export async function startBackfill(
  context: Context,
  { repository, since = null, token = null, ...body }: BackfillBody,
): Promise<BackfillAnswer> {
  authorise(context, "admin");
  const { source, provider, history } = sourceFor(context.config, body.source ?? null);
  const api = apiAddress(body.api ?? history.api);
  const id = randomBytes(9).toString("base64url");
  const now = context.clock.now();
  const row = await context.db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto("backfills")
      .values({
        id,
        provider,
        source,
        repository,
        api,
        since,
        sealed_token: token === null ? null : context.vault.seal(tokenPurpose(id), token),
        state: "running",
        progress: JSON.stringify(notBegun),
        attempts: 0,
        created_by: context.actor.name,
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!inserted)
      throw new Problem(
        "conflict",
        "The history of this repository is being fetched already: go on with that one, or stop it.",
        { field: "repository" },
      );
    await recordAudit(trx, context, {
      action: "backfill.started",
      subject: { kind: "repository", id: repository },
      details: {
        source,
        api,
        since: since?.toISOString() ?? null,
        token: token ? "given" : "none",
      },
    });
    return inserted;
  });
  return backfillAnswerOf(row, now);
}

/** The source that what is found belongs to, so that it and its webhooks tell of the same things. */
function sourceFor(
  { sources }: Config,
  name: string | null,
): { source: string; provider: string; history: History } {
  const able = sources.flatMap((source) => {
    const history = providerNamed(source.provider)?.history;
    return history ? [{ source: source.name, provider: source.provider, history }] : [];
  });
  const [first, second] = able.filter(({ source }) => name === null || source === name);
  if (first && !second) return first;
  throw new Problem("invalid_field", sourceWords(name, second !== undefined), {
    field: "source",
    expected: "the name of a source whose provider has an API of its history",
  });
}

function sourceWords(name: string | null, areSeveral: boolean): string {
  if (name !== null) return "There is no source of this name whose history can be fetched.";
  return areSeveral
    ? "There are several sources: say whose webhooks tell of this repository."
    : "No source of GitHub is set up: add one first, so that its webhooks and this history are one.";
}

function apiAddress(text: string): string {
  const url = new URL(text);
  const refuse = (expected: string) => {
    throw new Problem("invalid_field", "This cannot be an API's address.", {
      field: "api",
      expected,
    });
  };
  if (url.username || url.password) refuse("an address without a user: the token goes apart");
  if (url.search || url.hash) refuse("an address without ? and #");
  if (isRefusedHost(url.hostname))
    refuse("no link-local, metadata, multicast or unspecified address");
  return url.href.replace(/\/+$/, "");
}
