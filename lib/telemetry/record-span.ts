import { type Attributes, trace } from "@opentelemetry/api";

/** A span told after its end, inside whichever span is active; silent until a provider is set. */
export function recordSpan(name: string, seconds: number, attributes: Attributes): void {
  const startTime = Date.now() - seconds * 1000;
  trace.getTracer("pushline").startSpan(name, { startTime, attributes }).end();
}
