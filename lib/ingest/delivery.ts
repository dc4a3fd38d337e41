import { createHash } from "node:crypto";

/** A delivery on its way into the table. */
export interface NewDelivery {
  source: string;
  provider: string;
  event: string;
  dedupeKey: Buffer;
  /** Lower-case names, never secrets. */
  headers: Record<string, string>;
  body: Uint8Array;
  receivedAt: Date;
  /** Who, for deliveries that the product makes itself. */
  actor?: string;
}

/** What became of it at the door, told only after the commit. */
export interface StoredDelivery {
  id: string;
  outcome: "accepted" | "duplicate";
}

/**
 * SHA-256 over the source and what tells its deliveries apart (the provider's
 * id, or the body where there is none), with lengths, so that no two lists of
 * parts run together. 32 bytes however long the id.
 */
export function dedupeKey(source: string, ...parts: (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  let text = `${source.length}:${source}`;
  for (const part of parts) {
    text += `${part.length}:`;
    if (typeof part === "string") text += part;
    else {
      hash.update(text).update(part);
      text = "";
    }
  }
  return hash.update(text).digest();
}

const longestText = 1_000;

/** Text that Postgres can hold (no NUL, no lone surrogates), cut at 1,000 characters. */
export function storableText(text: string): string {
  if (text.length <= longestText && !/[\0\ud800-\udfff]/.test(text)) return text;
  return Buffer.from(text.slice(0, longestText)).toString().replaceAll("\0", "\ufffd");
}
