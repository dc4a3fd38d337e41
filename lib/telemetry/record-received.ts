import { counter, histogram } from "@/lib/telemetry/instruments";
import { recordSpan } from "@/lib/telemetry/record-span";

const deliveries = counter("pushline.deliveries.received", {
  description: "Deliveries taken at the door, by source and outcome.",
});
const durations = histogram("pushline.receive.duration", {
  description: "From a request to its answer, for requests whose deliveries were stored.",
});

/** The deliveries of one request were stored or recognised, and are about to be answered. */
export function recordReceived(source: string, outcomes: readonly string[], seconds: number): void {
  for (const outcome of outcomes) deliveries.add(1, { source, outcome });
  durations.record(seconds);
  recordSpan("receive", seconds, {
    "pushline.source": source,
    "pushline.deliveries": outcomes.length,
  });
}
