import { name, type Payload, part } from "@/lib/sources/payload";

export interface HarnessDelivery {
  source: string;
  headers: Record<string, string>;
  body: Payload;
  receivedAt: Date;
}

/** What a pipeline's notification says: `eventData` of Harness itself, `data` where others pass it on. */
export function notificationIn(body: Payload): Payload {
  return { ...part(body.data), ...part(body.eventData) };
}

/**
 * Harness Code names its event `trigger`; a pipeline `PipelineEnd` or `PIPELINE_END`,
 * which is one word here: `pipelineend`.
 */
export function eventNameOf(body: Payload): string {
  const trigger = name(body.trigger);
  if (trigger) return trigger.toLowerCase();
  const event = name(notificationIn(body).eventType) ?? name(body.eventType);
  return event?.toLowerCase().replaceAll("_", "") ?? "unknown";
}
