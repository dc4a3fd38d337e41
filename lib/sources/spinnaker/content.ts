import type { Time } from "@/lib/facts/types";
import { isPayload, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** An event's content, which echo's `flatten` sends as the text of its JSON. */
export function contentOf(event: Payload): Payload {
  if (typeof event.content !== "string") return part(event.content);
  try {
    const value: unknown = JSON.parse(event.content);
    return isPayload(value) ? value : {};
  } catch {
    return {};
  }
}

/** Epoch milliseconds, in some places as text. */
export function timeOf(value: unknown): Time | null {
  const digits = typeof value === "string" && /^\d{9,14}$/.test(value) ? Number(value) : value;
  return typeof digits === "number" && digits > 0 ? toTime(digits) : null;
}
