import type { Payload } from "@/lib/sources/payload";

/** What a provider's API tells of the past; a part of its folder, as its reader is. */
export interface History {
  subject: HistorySubject;
  /** Where the API is for most; null where every installation has its own. */
  api: string | null;
  /** What a token is and has to be allowed, for people. */
  tokenHint: string;
  /** What the API is asked to answer in. */
  accept: string;
  /** What asked questions are proved with, of a token: headers, which go to the API alone. */
  credentials(token: string): Record<string, string>;
  /** How a stored delivery of this event says what it is, for `read`. */
  headers(event: string): Record<string, string>;
  /** The subject by the API's own name for it. Throws what `ask` throws. */
  find(ask: Ask, wanted: Wanted): Promise<Found>;
  /** The page behind this one, where a body or its own address tells; absent: the Link header does. */
  nextPage?(page: unknown, path: string): string | null;
  /** In the order in which they are asked for: what others stand on comes first. */
  phases: readonly HistoryPhase[];
}

/** What one backfill is of, as the form and the command line ask for it. */
export interface HistorySubject {
  label: string;
  placeholder: string;
  /** In words, of what `pattern` takes. */
  expected: string;
  pattern: RegExp;
}

export interface Wanted {
  subject: string;
  /** The source that what is found belongs to. */
  source: string;
  since: Date | null;
}

export interface Found {
  /** By the API's own name: natural keys are made of it. */
  subject: string;
  /** What else the provider's phases have to know of it: its default branch, its number. */
  details: Record<string, string>;
}

/** Of which history is asked. */
export interface Asked extends Found {
  since: Date | null;
  /** Whether rules go by the paths of a commit: asking for them costs a question a commit. */
  wantsPaths: boolean;
}

export interface HistoryPhase {
  /** Stable: progress is kept by it. */
  name: string;
  /** As people call what it fetches, in the plural. */
  title: string;
  /** The name of its deliveries' event. */
  event: string;
  /** The first page's address below the API's. */
  start(asked: Asked): string;
  /** What a page, which stands at `path`, lists. */
  readPage(page: unknown, asked: Asked, path: string): HistoryPage;
  /** Whether an unchanged list item says that nothing of it changed: then it is not asked for again. */
  tellsChange: boolean;
  /** So many are completed before progress is kept: fewer where each takes several questions. */
  itemsAtOnce: number;
  /** A delivery's body: the item with what else has to be asked for it. */
  complete(item: Payload, ask: Ask, asked: Asked): Promise<Payload | Completed>;
  /**
   * The body without what has to be asked for it, for an item whose details will not come;
   * only where it tells nothing that the details would take back.
   */
  inPart?(item: Payload, asked: Asked): Payload;
  /** For lists of what was sent: the delivery's id. One that arrived is left alone. */
  deliveryId?(item: Payload): string | null;
  /** So many new ones at most; the rest is said to be left for another time. */
  freshAtMost?: number;
}

export interface HistoryPage {
  items: HistoryItem[];
  /** Whether all behind it is older than was asked for. */
  ended: boolean;
  /** What is asked for next where only the phase knows: another stretch of time. */
  next?: string | null;
}

/** No body: its delivery was ordered and comes by itself, or cannot be had. */
export type Completed = "ordered" | "refused";

/** What was asked for cannot be fetched, in words for people: asking again changes nothing. */
export class HistoryRefusal extends Error {}

export interface HistoryItem {
  /** The API's own id of it, unique within the phase. */
  id: string;
  given: Payload;
}

/** Asks the API. */
export interface Ask {
  /** One answer; `path` stands below the API's address. Throws ApiRefusal. */
  (path: string): Promise<unknown>;
  /** The same; null where it is gone, or not for this token. */
  optional(path: string): Promise<unknown>;
  /** Every item of a paged list; null where it is gone. */
  every(path: string): Promise<unknown[] | null>;
  /** Asks it to do what the path names; false where it will not. */
  order(path: string): Promise<boolean>;
}

export const answerHeader = "pushline-answer";

/**
 * Marks a stored answer of an API, which its event's name alone does not tell from what
 * was delivered; the door keeps no header of this name, so none comes from outside.
 */
export function answerHeaders(event: string): Record<string, string> {
  return { "content-type": "application/json", [answerHeader]: event };
}

/** Which answer of an API it is; null for what was delivered. */
export function answeredEvent({ headers }: { headers: Record<string, string> }): string | null {
  return headers[answerHeader] ?? null;
}

/** A token as most APIs take it: `user:password` as Basic, all else as Bearer. */
export function basicOrBearer(token: string): Record<string, string> {
  return {
    authorization: token.includes(":")
      ? `Basic ${Buffer.from(token).toString("base64")}`
      : `Bearer ${token}`,
  };
}
