import { sql } from "kysely";
import { ApiLimit, ApiRefusal } from "@/lib/backfill/api-problem";
import { type Backfill, releaseBackfill, renewLease, saveStep } from "@/lib/backfill/claim";
import { type Api, openApi } from "@/lib/backfill/open-api";
import { type Step, takeStep } from "@/lib/backfill/take-step";
import { tokenPurpose } from "@/lib/backfill/token";
import type { Context } from "@/lib/context";
import { deliveriesChannel } from "@/lib/ingest/door";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import { type OutboundCode, OutboundProblem } from "@/lib/outbound/problem";
import type { History } from "@/lib/sources/history";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { providerNamed } from "@/lib/sources/registry";

type Running = Pick<Context, "db" | "ingestDb" | "config" | "clock" | "vault">;

/** One process's turn at it. */
interface Run {
  holder: string;
  /** Ends the turn between questions. */
  signal: AbortSignal;
  log: (line: string) => void;
}

/** So often tried in a row, with pauses of up to five minutes: more than an hour. */
const attemptsAtMost = 20;
const longestPauseMilliseconds = 5 * 60_000;
/** What GitHub asks for where a limit does not say how long. */
const limitMilliseconds = 60_000;
const renewEveryMilliseconds = 15_000;

/** Trouble of the network or the other side, which may be gone when asked again. */
const passing: readonly OutboundCode[] = [
  "not_resolved",
  "not_reached",
  "timed_out",
  "malformed",
  "refused",
];

/**
 * Goes on with a claimed backfill, step by step, until it is done, has to wait, was
 * paused, or the process ends; every step's deliveries are stored in one transaction
 * with where it stands then, so that nothing is lost or asked for twice after a crash.
 */
export async function runBackfill(
  context: Running,
  claimed: Backfill,
  { holder, signal, log }: Run,
): Promise<void> {
  const history = providerNamed(claimed.provider)?.history;
  if (!history) return fail(context, claimed, holder, "Nothing here asks this provider.");
  const api = apiOf(context, claimed, holder, history, signal);
  let backfill: Backfill | null = claimed;
  try {
    while (backfill?.state === "running" && !signal.aborted) {
      const step: Step | null = await takeStep(context, backfill, history, api);
      if (step === null) return await finish(context, backfill, holder);
      backfill = await store(context, backfill, holder, step);
      if (step.trouble !== null) throw step.trouble;
    }
  } catch (error) {
    if (signal.aborted || backfill === null) return;
    if (!isExpected(error))
      log(
        `The backfill of ${backfill.repository} met trouble: ${error instanceof Error ? error.stack : error}`,
      );
    await meet(context, backfill, holder, error);
  } finally {
    await releaseBackfill(context.db, claimed.id, holder);
  }
}

function apiOf(
  { db, clock, vault }: Running,
  { id, api, sealed_token }: Backfill,
  holder: string,
  history: History,
  signal: AbortSignal,
): Api {
  let renewedAt = clock.now().getTime();
  const token = sealed_token && vault.open(tokenPurpose(id), sealed_token);
  return openApi({
    address: new URL(api),
    authorization: token === null ? null : history.authorization(token),
    accept: history.accept,
    signal,
    async onAsk() {
      const now = clock.now();
      if (now.getTime() - renewedAt < renewEveryMilliseconds) return;
      renewedAt = now.getTime();
      if (!(await renewLease(db, id, holder, now))) throw new Error("Another process has it now.");
    },
  });
}

async function store(
  { ingestDb, clock }: Running,
  backfill: Backfill,
  holder: string,
  step: Step,
): Promise<Backfill | null> {
  const now = clock.now();
  const saved = await ingestDb
    .transaction()
    .execute(async (trx) => {
      const { deliveries } = step;
      const stored = deliveries.length > 0 ? await insertDeliveries(trx, deliveries) : [];
      const fresh = stored.filter(({ outcome }) => outcome === "accepted").length;
      const progress = step.after(fresh);
      const row = await saveStep(trx, backfill, holder, now, {
        progress,
        attempts: 0,
        next_at: null,
        error: null,
      });
      if (row === null) throw new Lost();
      if (fresh > 0) await sql`select pg_notify(${deliveriesChannel}, '')`.execute(trx);
      return row;
    })
    .catch((error: unknown) => {
      if (error instanceof Lost) return null;
      throw error;
    });
  return saved;
}

/** Its lease ran out and another took it: what it asked for is asked for there. */
class Lost extends Error {}

async function finish({ db, clock }: Running, { id }: Backfill, holder: string): Promise<void> {
  const now = clock.now();
  await db
    .updateTable("backfills")
    .set({ state: "done", sealed_token: null, error: null, next_at: null })
    .set({ updated_at: now, finished_at: now })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .where("state", "=", "running")
    .execute();
}

async function fail(
  { db, clock }: Running,
  { id }: Backfill,
  holder: string,
  error: string,
): Promise<void> {
  await db
    .updateTable("backfills")
    .set({ state: "failed", error, next_at: null, updated_at: clock.now() })
    .where("id", "=", id)
    .where("lease_holder", "=", holder)
    .where("state", "=", "running")
    .execute();
}

/** A limit is waited for, passing trouble tried again after a pause; all else needs a person. */
async function meet(
  context: Running,
  backfill: Backfill,
  holder: string,
  error: unknown,
): Promise<void> {
  const attempts = backfill.attempts + 1;
  const pause = pauseAfter(error, attempts);
  if (pause === null) return fail(context, backfill, holder, wordsOf(error));
  if (pause.counts && attempts > attemptsAtMost)
    return fail(context, backfill, holder, `${wordsOf(error)} It was tried ${attempts} times.`);
  const now = context.clock.now();
  await context.db.transaction().execute((trx) =>
    saveStep(trx, backfill, holder, now, {
      attempts,
      next_at: new Date(now.getTime() + pause.milliseconds),
      error: wordsOf(error),
    }),
  );
}

function isExpected(error: unknown): boolean {
  const kinds = [ApiLimit, ApiRefusal, OutboundProblem, UnreadableDelivery];
  return kinds.some((kind) => error instanceof kind);
}

function pauseAfter(
  error: unknown,
  attempts: number,
): { milliseconds: number; counts: boolean } | null {
  const backoff = (first: number) =>
    Math.min(longestPauseMilliseconds, first * 2 ** (attempts - 1));
  if (error instanceof ApiLimit)
    return error.milliseconds === null
      ? { milliseconds: Math.max(limitMilliseconds, backoff(limitMilliseconds)), counts: true }
      : { milliseconds: error.milliseconds, counts: false };
  if (error instanceof OutboundProblem)
    return passing.includes(error.code) ? { milliseconds: backoff(1_000), counts: true } : null;
  if (error instanceof ApiRefusal || error instanceof UnreadableDelivery) return null;
  // The database, as a rule.
  return { milliseconds: backoff(1_000), counts: true };
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiRefusal) return refusalWords(error);
  if (error instanceof OutboundProblem && error.code === "redirected")
    return "It answered with a redirect, and none is followed: the repository may have another name now.";
  if (error instanceof OutboundProblem || error instanceof ApiLimit) return error.message;
  if (error instanceof UnreadableDelivery)
    return `It did not answer as its API would: ${error.message}.`;
  return "Something went wrong here; the log has the details.";
}

function refusalWords(refusal: ApiRefusal): string {
  if (refusal.status === 401) return "It does not take this token (401).";
  if (refusal.status === 404)
    return "It knows no repository of this name, or this token may not see it (404).";
  return refusal.message;
}
