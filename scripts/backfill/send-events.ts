import { setTimeout as pause } from "node:timers/promises";
import type { CloneEvent } from "@/lib/backfill/git/clone-events";

/** What the person at the terminal is told, without a stack. */
export class BackfillError extends Error {}

export interface Receiver {
  url: string;
  token: string;
  /** Between attempts; real time unless a test keeps its own. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

export interface SentCounts {
  sent: number;
  /** What Pushline had not been told before. */
  fresh: number;
}

const eventsAtOnce = 1_000;
const bytesAtOnce = 4 * 1024 * 1024;
const attempts = 10;
const longestWaitSeconds = 30;

/**
 * Sends events in their order, in requests that Pushline takes whole, and says after
 * each how many went and how many of them were new. Throws BackfillError.
 */
export async function sendEvents(
  receiver: Receiver,
  events: AsyncIterable<CloneEvent> | Iterable<CloneEvent>,
  onSent: (counts: SentCounts) => void = () => {},
): Promise<SentCounts> {
  const counts = { sent: 0, fresh: 0 };
  for await (const texts of batches(events)) {
    counts.fresh += await sendBatch(receiver, `[${texts.join(",")}]`);
    counts.sent += texts.length;
    onSent({ ...counts });
  }
  return counts;
}

async function* batches(
  events: AsyncIterable<CloneEvent> | Iterable<CloneEvent>,
): AsyncGenerator<string[]> {
  let batch: string[] = [];
  let bytes = 0;
  for await (const event of events) {
    const text = JSON.stringify(event);
    const size = Buffer.byteLength(text) + 1;
    if (batch.length === eventsAtOnce || (batch.length > 0 && bytes + size > bytesAtOnce)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(text);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** How many of them were new; tried again while waiting may help: a repeat changes nothing. */
async function sendBatch(receiver: Receiver, body: string): Promise<number> {
  const wait = receiver.wait ?? pause;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(receiver, body).catch((error: unknown) => {
      if (attempt >= attempts) throw unreachable(receiver, error);
      return null;
    });
    if (answer?.ok) return freshIn(await answer.json());
    const mayPass = answer === null || answer.status === 429 || answer.status >= 500;
    if (answer && (!mayPass || attempt >= attempts))
      throw refusal(receiver, answer.status, await answer.text());
    const asked = Number(answer?.headers.get("retry-after"));
    await wait(1_000 * Math.min(longestWaitSeconds, asked > 0 ? asked : 2 ** (attempt - 2)));
  }
}

function post({ url, token }: Receiver, body: string): Promise<Response> {
  return fetch(new URL("/api/v1/events", url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(60_000),
  });
}

function freshIn(answer: unknown): number {
  const { events = [] } = answer as { events?: { outcome: string }[] };
  return events.filter(({ outcome }) => outcome === "accepted").length;
}

function unreachable({ url }: Receiver, error: unknown): BackfillError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new BackfillError(
    `Nothing answers at ${url} (${why}). Start Pushline, or name where it runs with --url.\nWhat was sent is kept: run the same command again to go on.`,
  );
}

function refusal({ url }: Receiver, status: number, text: string): BackfillError {
  if (status === 401 || status === 403)
    return new BackfillError(
      `${url} refuses the token (${status}): it needs the scope ingest. Make one under Settings → Tokens and set PUSHLINE_TOKEN.`,
    );
  return new BackfillError(`${url} refused with ${status}: ${text.slice(0, 500)}`);
}
