import { minute } from "@/scripts/demo/calendar";
import type { DemoEvent } from "@/scripts/demo/events";
import { nativeEvent } from "@/scripts/demo/native";
import { jitter, seedOf } from "@/scripts/demo/random";
import {
  type Credentials,
  type DemoRequest,
  eventsRequest,
  requestFor,
} from "@/scripts/demo/requests";

/** As deliveries really come: about in order, but a minute or two out of it. Facts must not care. */
export function shuffled(events: DemoEvent[], seed: string): DemoEvent[] {
  const noise = seedOf(seed, "order");
  return events
    .map((event, index) => ({ event, key: event.at + jitter(noise, index) * 1.5 * minute, index }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ event }) => event);
}

/** One request for each event. */
export function* singly(events: DemoEvent[], credentials: Credentials): Generator<DemoRequest> {
  for (const event of events) yield requestFor(event, credentials);
}

const batchEvents = 500;

/** Native events in batches; what is not native goes by itself. */
export function* inBatches(events: DemoEvent[], credentials: Credentials): Generator<DemoRequest> {
  let batch: unknown[] = [];
  for (const event of events) {
    const native = nativeEvent(event);
    if (native) batch.push(native);
    else yield requestFor(event, credentials);
    if (batch.length < batchEvents) continue;
    yield eventsRequest(batch, credentials);
    batch = [];
  }
  if (batch.length > 0) yield eventsRequest(batch, credentials);
}
