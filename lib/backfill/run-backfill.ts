import { sql } from "kysely";
import { type Backfill, releaseBackfill, renewLease, saveStep } from "@/lib/backfill/claim";
import { historyOf } from "@/lib/backfill/history-of";
import { type Api, openApi } from "@/lib/backfill/open-api";
import type { Step } from "@/lib/backfill/step";
import { takeStep } from "@/lib/backfill/take-step";
import { tokenPurpose } from "@/lib/backfill/token";
import { isOfItem, troubleOf } from "@/lib/backfill/trouble";
import type { Context } from "@/lib/context";
import { deliveriesChannel } from "@/lib/ingest/door";
import { insertDeliveries } from "@/lib/ingest/insert-deliveries";
import type { History } from "@/lib/sources/history";

type Running = Pick<Context, "db" | "ingestDb" | "config" | "clock" | "vault">;

/** One process's turn at it. */
interface Run {
  holder: string;
  /** Ends the turn between questions. */
  signal: AbortSignal;
  log: (line: string) => void;
}

const renewEveryMilliseconds = 15_000;

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
  const history = historyOf(claimed);
  if (!history) return fail(context, claimed, holder, "Nothing here asks this provider.");
  let backfill: Backfill | null = claimed;
  try {
    const api = apiOf(context, claimed, holder, history, signal);
    while (backfill?.state === "running" && !signal.aborted) {
      const step: Step | null = await takeStep(context, backfill, history, api);
      if (step === null) return await finish(context, backfill, holder);
      backfill = await store(context, backfill, holder, step);
      if (step.trouble !== null) throw step.trouble;
    }
  } catch (error) {
    if (signal.aborted || backfill === null) return;
    await meet(context, backfill, { holder, log }, error);
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
    credentials: token === null ? {} : history.credentials(token),
    accept: history.accept,
    nextPage: history.nextPage,
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
        ...(step.gotOn && { attempts: 0, next_at: null, error: null }),
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
  { holder, log }: Pick<Run, "holder" | "log">,
  error: unknown,
): Promise<void> {
  const attempts = backfill.attempts + 1;
  const { pauseMilliseconds, words, expected } = troubleOf(error, attempts);
  if (!expected)
    log(`The backfill of ${backfill.subject} met trouble: ${(error as Error)?.stack ?? error}`);
  if (pauseMilliseconds === null)
    return fail(context, backfill, holder, `${isOfItem(error) ? whereOf(backfill) : ""}${words}`);
  const now = context.clock.now();
  await context.db.transaction().execute((trx) =>
    saveStep(trx, backfill, holder, now, {
      attempts,
      next_at: new Date(now.getTime() + pauseMilliseconds),
      error: words,
    }),
  );
}

/** What it was at: the list that would not come, or the item. */
function whereOf({ provider, kind, progress }: Backfill): string {
  const phase = historyOf({ provider, kind })?.phases[progress.phase];
  if (progress.found === null || !phase) return "";
  const [item] = progress.pending;
  const title = phase.title.toLowerCase();
  return item ? `Of the ${title}, ${item.id}: ` : `The list of ${title} would not come. `;
}
