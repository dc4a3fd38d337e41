import type { Statement } from "@/lib/facts/types";
import type { Reading } from "@/lib/sources/reader";

/** What one kind of event means: its statements, or why it is of no interest. */
export type EventReader<Delivery> = (delivery: Delivery) => Statement[] | Ignored;

export interface Ignored {
  ignored: string;
}

/**
 * Why an event that no reader knows is of no interest. Reasons are fixed words: what was
 * sent stands in the delivery, and each value in a reason were a row of its own on the
 * source's page.
 */
export const notRead = "events of this name are not read";

/** A reader of events that are known and of no interest. */
export const ignoring = (reason: string) => (): Ignored => ({ ignored: reason });

/** The reading of a delivery that lists know by this event's name. */
export function readingOf(event: string, result: Statement[] | Ignored): Reading {
  return "ignored" in result
    ? { outcome: "ignored", event, reason: result.ignored }
    : { outcome: "read", event, statements: result };
}

/** The reader of that name among a provider's; names of objects' own members are none. */
export function readerOf<Delivery>(
  readers: Readonly<Record<string, EventReader<Delivery>>>,
  event: string,
): EventReader<Delivery> {
  const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
  return reader ?? ignoring(notRead);
}
