import { counter, histogram } from "@/lib/telemetry/instruments";
import { recordSpan } from "@/lib/telemetry/record-span";

const deliveries = counter("pushline.deliveries.projected", {
  description: "Deliveries whose meaning was settled, by outcome.",
});
const durations = histogram("pushline.project.duration", {
  description: "One batch of deliveries made into facts, commit included.",
});

/** One batch of deliveries was made into facts. */
export function recordProjected(outcomes: readonly string[], seconds: number): void {
  if (outcomes.length === 0) return;
  for (const outcome of outcomes) deliveries.add(1, { outcome });
  durations.record(seconds);
  recordSpan("project", seconds, { "pushline.deliveries": outcomes.length });
}
