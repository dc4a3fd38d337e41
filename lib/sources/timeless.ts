import { createHash } from "node:crypto";

const periodMilliseconds = 5 * 60_000;

/**
 * The five minutes in which a body came that names neither a time nor an id: an
 * equal one in the same five is the same, a later one says it again.
 */
export function receiptPeriod(receivedAt: Date): string {
  const began = Math.floor(receivedAt.getTime() / periodMilliseconds) * periodMilliseconds;
  return new Date(began).toISOString().slice(0, 16);
}

/** The id of a delivery that names neither: its bytes, within the five minutes they came in. */
export function timelessDeliveryId(body: Uint8Array, receivedAt: Date): string {
  return `${createHash("sha256").update(body).digest("hex")} ${receiptPeriod(receivedAt)}`;
}
