import type { Statement } from "@/lib/facts/types";
import type { Guide } from "@/lib/sources/guide";
import type { History } from "@/lib/sources/history";
import type { Mapping } from "@/lib/sources/mapping-rules";

/** What a reader is given: one stored delivery, as it arrived. */
export interface DeliveryInput {
  /** The configured name of the source (keys begin with it), not the provider. */
  source: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: Uint8Array;
  receivedAt: Date;
}

export type Reading =
  | { outcome: "read"; event: string; statements: Statement[] }
  /** Understood and of no interest; `reason` is shown in the inbox. */
  | { outcome: "ignored"; event: string; reason: string };

/** One kind of sender that a source may be of. */
export interface Provider extends Reader {
  guide: Guide;
}

/**
 * How one kind of sender is read. `read` is pure and throws `UnreadableDelivery` for
 * what it cannot understand; nothing outside the folder knows its field names.
 */
export interface Reader {
  /** The folder's name, as in pushline.yaml's `provider`. */
  name: string;
  /** As people call it, where that is not its name. */
  title?: string;
  /** How a source of this provider proves itself where pushline.yaml does not say. */
  defaultAuth: "signature" | "bearer" | "basic" | "header" | "path";
  /** Checks the exact bytes against one secret, in constant time. Absent where the provider signs nothing. */
  verify?(input: Omit<DeliveryInput, "source">, secret: string): boolean;
  /** The provider's own id of the delivery; null where it has none, and the body's hash stands in. */
  deliveryId(input: Omit<DeliveryInput, "source">): string | null;
  /** The event's name for lists, read at the door from headers or a cheap look at the body. */
  eventName(input: Omit<DeliveryInput, "source">): string;
  /** Headers worth keeping besides content-type, lower case; never secrets. */
  keptHeaders: readonly string[];
  read(input: DeliveryInput): Reading;
  /**
   * Reads by what the source itself has set, where it has; as `read`, and bounded in time: throws
   * `UnfinishedReading` beyond it. A trial is somebody's who waits for it, and nothing hangs on it.
   */
  readBy?(input: DeliveryInput, mapping: Mapping, isTrial: boolean): Promise<Reading>;
  /** What "send a test" delivers: a body that ends as ignored, so that no fact comes of it. */
  testDelivery?(id: string, at: Date): { headers: Record<string, string>; body: Uint8Array };
  /** The headers that prove a body, beside those given; where `verify` is there, and tests can be sent. */
  sign?(body: Uint8Array, secret: string, headers?: Record<string, string>): Record<string, string>;
  /** Where its API tells of the past; what it answers is read by `read`, as what is delivered. */
  history?: History;
  /** Where its API lists what it sent: what did not arrive is asked for again. */
  missed?: History;
}

/** One event of a request to POST /api/v1/events: a delivery of its own, answered by its id. */
export interface SentEvent {
  /** The sender's id, as the answer names it. */
  id: string;
  /** The name of the provider whose `read` reads `body`. */
  provider: string;
  event: string;
  /** What tells it from every other event of its sender: equal ones are duplicates. */
  identity: string;
  body: Uint8Array;
}

/** A body that its reader cannot understand: the delivery is quarantined with this reason. */
export class UnreadableDelivery extends Error {
  constructor(
    /** Stable, snake_case: e.g. `not_json`, `missing_field`, `wrong_type`. */
    readonly code: string,
    /** Where in the body, as `deployment.sha`; null for the whole. */
    readonly field: string | null,
    readonly expected: string,
  ) {
    super(field ? `${field}: expected ${expected}` : `expected ${expected}`);
    this.name = "UnreadableDelivery";
  }
}

/**
 * Reading was ended before it was known what a delivery says, by a clock or from outside. Another
 * time it may come to an end: the delivery is no failed one, and is read again.
 */
export class UnfinishedReading extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "UnfinishedReading";
  }
}
