import { histogram } from "@/lib/telemetry/instruments";
import { recordSpan } from "@/lib/telemetry/record-span";

const durations = histogram("pushline.derive.duration", {
  description: "One stream derived, commit included.",
});

/** One stream was derived from its earliest affected moment on. */
export function recordDerived(
  stream: { service: string; environment: string },
  seconds: number,
): void {
  durations.record(seconds);
  recordSpan("derive", seconds, {
    "pushline.service": stream.service,
    "pushline.environment": stream.environment,
  });
}
