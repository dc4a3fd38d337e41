import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type BackfillKind, backfillKinds } from "@/db/schema/backfills";
import { recordAudit } from "@/lib/audit/audit";
import { authorise } from "@/lib/auth/policy";
import { type BackfillAnswer, backfillAnswerOf } from "@/lib/backfill/backfill-answer";
import { historyOf } from "@/lib/backfill/history-of";
import { refusePlainAddress } from "@/lib/backfill/plain-address";
import { notBegun } from "@/lib/backfill/progress";
import { tokenField, tokenPurpose } from "@/lib/backfill/token";
import type { Config } from "@/lib/config";
import type { Context } from "@/lib/context";
import { timeField } from "@/lib/http/fields";
import { Problem } from "@/lib/http/problem";
import { isRefusedHost } from "@/lib/outbound/refused-address";
import type { History } from "@/lib/sources/history";

const subjectField = z.string("a name").trim().min(1, "a name").max(500, "a shorter name");

export const backfillBody = z.strictObject({
  kind: z.enum(backfillKinds, "history or missed").optional(),
  /** The repository, project, job, application or service; "all" where the provider has a whole. */
  subject: subjectField.optional(),
  /** What `subject` was called when there was only GitHub. */
  repository: subjectField.optional(),
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
 * Begins to fetch a history from its provider's API, or to ask for what was sent and did
 * not arrive; a worker goes on with it. Throws `invalid_field`, and `conflict` while one of the same history is unfinished.
 */
export async function startBackfill(
  context: Context,
  { kind = "history", since = null, token = null, ...body }: BackfillBody,
): Promise<BackfillAnswer> {
  authorise(context, "admin");
  const { source, provider, history } = sourceFor(context.config, kind, body.source ?? null);
  const subject = subjectOf(history, body.subject ?? body.repository);
  const api = apiAddress(body.api ?? history.api);
  if (token !== null) await refusePlainAddress(api);
  const id = randomBytes(9).toString("base64url");
  const now = context.clock.now();
  const row = await context.db.transaction().execute(async (trx) => {
    const inserted = await trx
      .insertInto("backfills")
      .values({
        id,
        provider,
        source,
        kind,
        subject,
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
        "This is being fetched already: go on with that one, or stop it.",
        { field: "subject" },
      );
    await recordAudit(trx, context, {
      action: kind === "missed" ? "backfill.missed_asked" : "backfill.started",
      subject: { kind: "repository", id: subject },
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
  kind: BackfillKind,
  name: string | null,
): { source: string; provider: string; history: History } {
  const able = sources.flatMap((source) => {
    const history = historyOf({ provider: source.provider, kind });
    return history ? [{ source: source.name, provider: source.provider, history }] : [];
  });
  const [first, second] = able.filter(({ source }) => name === null || source === name);
  if (first && !second) return first;
  throw new Problem("invalid_field", sourceWords(name, second !== undefined), {
    field: "source",
    expected: "the name of a source whose provider's API is asked",
  });
}

function sourceWords(name: string | null, areSeveral: boolean): string {
  if (name !== null) return "There is no source of this name whose history can be fetched.";
  return areSeveral
    ? "There are several sources: say whose webhooks tell of the same things."
    : "No source whose history can be fetched is set up: add one first, so that its webhooks and this history are one.";
}

function subjectOf({ subject }: History, given: string | undefined): string {
  if (given !== undefined && subject.pattern.test(given)) return given;
  throw new Problem("invalid_field", `Expected ${subject.expected}.`, {
    field: "subject",
    expected: subject.expected,
  });
}

function apiAddress(text: string | null): string {
  if (text === null)
    throw new Problem("invalid_field", "Where its API is has to be said.", {
      field: "api",
      expected: "an address, as https://ci.example.com",
    });
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
