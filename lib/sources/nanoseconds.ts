import type { Time } from "@/lib/facts/types";
import { decodeText, isPayload, type Payload, parseJson } from "@/lib/sources/payload";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { toTime } from "@/lib/sources/time";

/**
 * The body as a JSON object whose integers of 17 digits and more are texts: epoch
 * nanoseconds are beyond what a double holds, and would lose their last digits.
 * Throws UnreadableDelivery: not_utf8, not_json, wrong_type.
 */
export function payloadWithLongIntegers(body: Uint8Array): Payload {
  const value = parseJson(quoteLongIntegers(decodeText(body)));
  if (!isPayload(value)) throw new UnreadableDelivery("wrong_type", null, "a JSON object");
  return value;
}

/** One pass that knows only whether it is within a string, so that no body makes it slow. */
function quoteLongIntegers(json: string): string {
  let isWithinText = false;
  return json.replace(/\\[\s\S]|"|(?<![\d.eE+-])\d{17,}(?![\d.eE])/g, (token) => {
    if (token === '"') isWithinText = !isWithinText;
    return isWithinText || token === '"' || token.startsWith("\\") ? token : `"${token}"`;
  });
}

/** As `toTime`, and epoch times in micro- and nanoseconds, as numbers or as digits; finer fractions are cut. */
export function toFineTime(value: unknown): Time | null {
  const digits = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  if (typeof digits !== "string" || !/^\d{9,19}$/.test(digits)) return toTime(value);
  // Milliseconds have at most 14 digits until the year 5138, microseconds 17.
  const cut = digits.length > 17 ? 6 : digits.length > 14 ? 3 : 0;
  return toTime(Number(cut ? digits.slice(0, -cut) : digits));
}
