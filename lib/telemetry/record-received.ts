import { counter, histogram } from "@/lib/telemetry/instruments";

const deliveries = counter("pushline.deliveries", {
  description: "Deliveries taken at the door, by source and outcome.",
});
const durations = histogram("pushline.receive.duration", {
  description: "From the request to its answer, for deliveries that were stored.",
  unit: "s",
});

/** One delivery was stored or recognised, and is about to be answered. */
export function recordReceived(source: string, outcome: string, seconds: number): void {
  deliveries.add(1, { source, outcome });
  durations.record(seconds);
}
