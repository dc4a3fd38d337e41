import { ApiAway, ApiLimit, ApiRefusal } from "@/lib/backfill/api-problem";
import { type OutboundCode, OutboundProblem } from "@/lib/outbound/problem";
import { HistoryRefusal } from "@/lib/sources/history";
import { UnreadableDelivery } from "@/lib/sources/reader";

interface Trouble {
  /** Until it is worth asking again; null: only a person can mend it. */
  pauseMilliseconds: number | null;
  /** What is told of it. */
  words: string;
  /** False where the trouble is our own, and belongs in the log. */
  expected: boolean;
}

/** So often tried in a row, with pauses of up to five minutes: more than an hour. */
const attemptsAtMost = 20;
const longestPauseMilliseconds = 5 * 60_000;
/** What is waited where a limit does not say how long. */
const limitMilliseconds = 60_000;
/** Whatever a limit says, it is looked at again after that long. */
const longestLimitMilliseconds = 2 * 3_600_000;

/** Of the network or the other side, and perhaps gone when asked again. */
const passing: readonly OutboundCode[] = [
  "not_resolved",
  "not_reached",
  "timed_out",
  "malformed",
  "refused",
];

/**
 * What to do about something thrown, the so-manieth time in a row: a limit is waited
 * for as long as it says and never less than the growing pause, passing trouble is tried again after growing pauses (1 s to
 * 5 min, 20 times), and all else needs a person.
 */
export function troubleOf(error: unknown, attempts: number): Trouble {
  const expected = [ApiLimit, ApiRefusal, HistoryRefusal, OutboundProblem, UnreadableDelivery].some(
    (kind) => error instanceof kind,
  );
  const words = wordsOf(error);
  const told = toldBy(error);
  if (error instanceof ApiLimit && told !== null)
    return { pauseMilliseconds: Math.max(told, growing(1_000, attempts)), words, expected };
  if (!mayPass(error)) return { pauseMilliseconds: null, words, expected };
  if (attempts > attemptsAtMost)
    return {
      pauseMilliseconds: null,
      words: `${words} It was tried ${attempts} times.`,
      expected,
    };
  const pause = growing(error instanceof ApiLimit ? limitMilliseconds : 1_000, attempts);
  return { pauseMilliseconds: Math.max(told ?? 0, pause), words, expected };
}

/** How long the API says to wait; one that says no time at all is not asked again at once. */
function toldBy(error: unknown): number | null {
  const tells = error instanceof ApiLimit || error instanceof ApiAway;
  if (!tells || error.milliseconds === null) return null;
  return Math.min(error.milliseconds, longestLimitMilliseconds);
}

function growing(least: number, attempts: number): number {
  return Math.min(longestPauseMilliseconds, least * 2 ** (attempts - 1));
}

/** Whether it may be the trouble of what was asked for, and not of whoever asks or answers. */
export function isOfItem(error: unknown): boolean {
  if (error instanceof ApiRefusal) return error.status !== 401;
  return [OutboundProblem, HistoryRefusal, UnreadableDelivery].some(
    (kind) => error instanceof kind,
  );
}

/** Why an item would not come, in words. */
export function reasonOf(error: unknown): string {
  return error instanceof ApiRefusal ? error.message : wordsOf(error);
}

/** What is thrown by none of these is the database's, as a rule. */
export function mayPass(error: unknown): boolean {
  if (error instanceof OutboundProblem) return passing.includes(error.code);
  return ![ApiRefusal, HistoryRefusal, UnreadableDelivery].some((kind) => error instanceof kind);
}

function wordsOf(error: unknown): string {
  if (error instanceof ApiRefusal) return refusalWords(error);
  if (error instanceof OutboundProblem && error.code === "redirected")
    return "It answered with a redirect, and none is followed: what was asked for may have another name now.";
  if ([OutboundProblem, ApiLimit, HistoryRefusal].some((kind) => error instanceof kind))
    return (error as Error).message;
  if (error instanceof UnreadableDelivery)
    return `It did not answer as its API would: ${error.message}.`;
  return "Something went wrong here; the log has the details.";
}

function refusalWords(refusal: ApiRefusal): string {
  if (refusal.status === 401) return "It does not take this token (401).";
  if (refusal.status === 404)
    return "It knows nothing of this name, or this token may not see it (404).";
  return refusal.message;
}
