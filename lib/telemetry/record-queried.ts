import { histogram } from "@/lib/telemetry/instruments";
import { recordSpan } from "@/lib/telemetry/record-span";

const durations = histogram("pushline.query.duration", {
  description: "One call of the API answered, by operation.",
});

/** One call of the API was answered. */
export function recordQueried(operation: string, seconds: number): void {
  durations.record(seconds, { operation });
  recordSpan("query", seconds, { "pushline.operation": operation });
}
