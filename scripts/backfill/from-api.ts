import type { BackfillAnswer } from "@/lib/backfill/backfill-answer";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { listBackfills } from "@/lib/backfill/list-backfills";
import { startBackfill } from "@/lib/backfill/start-backfill";
import { startBackfills } from "@/lib/backfill/worker";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import type { Options } from "@/scripts/backfill/options";
import { BackfillError } from "@/scripts/backfill/send-events";

type FromApi = Extract<Options, { kind: "api" }>;

/**
 * Begins a backfill from a provider's API, or goes on with the one of the same history, and
 * works on it with whoever else does until it is over or `signal` ends it; `show` is told
 * how far it is. Throws BackfillError.
 */
export async function backfillFromApi(
  context: Context,
  options: FromApi,
  show: (line: string) => void,
  signal: AbortSignal,
  pollMilliseconds = 1_000,
): Promise<BackfillAnswer> {
  const begun = await begin(context, options).catch((error: unknown) => {
    if (error instanceof Problem) throw new BackfillError(error.message);
    throw error;
  });
  const worker = startBackfills(context, show, begun.id);
  try {
    let latest = begun;
    while (latest.state === "running" && !signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
      latest = (await find(context, ({ id }) => id === begun.id)) ?? latest;
      show(lineOf(latest));
    }
    return latest;
  } finally {
    await worker.close();
  }
}

async function begin(
  context: Context,
  { provider, missed, subject, api, token, since, ...given }: FromApi,
): Promise<BackfillAnswer> {
  const source = given.source ?? onlySourceOf(context, provider);
  const kind = missed ? "missed" : "history";
  try {
    return await startBackfill(context, { kind, subject, source, api, token, since });
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "conflict") throw error;
    const unfinished = await find(
      context,
      (each) =>
        each.kind === kind &&
        each.source === source &&
        each.subject.toLowerCase() === subject.toLowerCase() &&
        each.finishedAt === null,
    );
    if (!unfinished) throw error;
    return changeBackfill(context, unfinished.id, { state: "running", ...(token && { token }) });
  }
}

/** The one whose webhooks tell of the same things; with several it has to be said. */
function onlySourceOf({ config }: Context, provider: string): string {
  const names = config.sources.filter((one) => one.provider === provider).map(({ name }) => name);
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  throw new BackfillError(
    name === undefined
      ? `No source of ${provider} is set up: add one first, so that its webhooks and this history are one.`
      : `There are several sources of ${provider}: say which by --source, of ${names.join(", ")}.`,
  );
}

async function find(
  context: Context,
  isIt: (backfill: BackfillAnswer) => boolean,
): Promise<BackfillAnswer | null> {
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await listBackfills(context, { cursor, limit: 100 });
    const found = items.find(isIt);
    if (found || nextCursor === null) return found ?? null;
    cursor = nextCursor;
  }
}

/** How far it is, in one line. */
export function lineOf({ phases, state, waitsUntil, error }: BackfillAnswer): string {
  const told = phases
    .filter((phase) => phase.state !== "waiting")
    .map(({ title, found, fresh, problem, aside, leftOutCount }) => {
      if (problem !== null) return `${title.toLowerCase()} left out: ${problem}`;
      const held = aside + leftOutCount;
      const without = held > 0 ? `; ${held} would not come` : "";
      return `${title.toLowerCase()} ${found} (${fresh} new${without})`;
    })
    .join(", ");
  const waits = waitsUntil ? ` Waits until ${waitsUntil}.` : "";
  const trouble = error && state !== "done" ? ` ${error}` : "";
  return `${told || "Asking what it is called"}.${trouble}${waits}`;
}

/** What would not come to the end, a line each, with why. */
export function leftOutLines({ phases }: BackfillAnswer): string[] {
  return phases.flatMap(({ title, leftOut, leftOutCount }) => {
    const more = leftOutCount - leftOut.length;
    return [
      ...leftOut.map(
        ({ item, reason, told }) =>
          `${title}, ${item} ${told ? "is here without its details" : "is left out"}: ${reason}`,
      ),
      ...(more > 0 ? [`${title}: and ${more} more`] : []),
    ];
  });
}
