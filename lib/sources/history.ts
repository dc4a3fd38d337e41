import type { Payload } from "@/lib/sources/payload";

/** What a provider's API tells of the past; a part of its folder, as its reader is. */
export interface History {
  /** Where the API is for most. */
  api: string;
  /** What the API is asked to answer in. */
  accept: string;
  /** What asked questions are proved with, of a token. */
  authorization(token: string): string;
  /** How a stored delivery of this event says what it is, for `read`. */
  headers(event: string): Record<string, string>;
  /** The repository by the API's own name for it. Throws what `ask` throws. */
  find(ask: Ask, repository: string): Promise<Omit<Asked, "since" | "wantsPaths">>;
  /** In the order in which they are asked for: what others stand on comes first. */
  phases: readonly HistoryPhase[];
}

/** Of which history is asked. */
export interface Asked {
  /** By the API's own name: the natural keys are made of it. */
  repository: string;
  /** The one whose commits are history. */
  branch: string;
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
  /** What a page lists, and whether all behind it is older than was asked for. */
  readPage(page: unknown, asked: Asked): { items: HistoryItem[]; ended: boolean };
  /** Whether an unchanged list item says that nothing of it changed: then it is not asked for again. */
  tellsChange: boolean;
  /** So many are completed before progress is kept: fewer where each takes several questions. */
  itemsAtOnce: number;
  /** A delivery's body: the item with what else has to be asked for it. */
  complete(item: Payload, ask: Ask, asked: Asked): Promise<Payload>;
}

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
}
