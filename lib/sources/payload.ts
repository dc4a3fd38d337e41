import { UnreadableDelivery } from "@/lib/sources/reader";

/**
 * Reading JSON that somebody else wrote: what is missing or of another type is
 * null, and only what identity needs is asked for with `need`.
 */
export type Payload = Record<string, unknown>;

const utf8 = new TextDecoder("utf-8", { fatal: true });
/** Enough for any name; short enough for every index that holds it. */
const nameLength = 255;
const revisionLength = 128;
const largestInteger = 2_147_483_647;

/** The body as a JSON object. Throws UnreadableDelivery: not_utf8, not_json, wrong_type. */
export function payloadOf(body: Uint8Array): Payload {
  const value = parseJson(decodeText(body));
  if (!isPayload(value)) throw new UnreadableDelivery("wrong_type", null, "a JSON object");
  return value;
}

export function decodeText(body: Uint8Array): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new UnreadableDelivery("not_utf8", null, "text in UTF-8");
  }
}

const lookedAt = 16_384;

/** The beginning of a body, for a cheap look at the door; bytes beyond ASCII come out as they may. */
export function beginning(body: Uint8Array): string {
  return Buffer.from(body.subarray(0, lookedAt)).toString("latin1");
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableDelivery("not_json", null, "JSON");
  }
}

export function isPayload(value: unknown): value is Payload {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one, so that a missing branch reads as missing leaves. */
export function part(value: unknown): Payload {
  return isPayload(value) ? value : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text that is not blank, without what Postgres cannot hold (NUL, lone surrogates), cut at `length`. */
export function text(value: unknown, length = 4000): string | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  return value.slice(0, length).replace(unstorable, "\ufffd");
}

/** A name of something: short, without the space around it. */
export function name(value: unknown): string | null {
  return text(typeof value === "string" ? value.trim() : value, nameLength);
}

/** An identifier, whether sent as a string or as a whole number that a double holds exactly; null when too long to be one. */
export function identifier(value: unknown, length = nameLength): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === "string" && value.length <= length ? text(value.trim(), length) : null;
}

export function revision(value: unknown): string | null {
  return typeof value === "string" ? identifier(value, revisionLength) : null;
}

/** A count that a database integer holds. */
export function count(value: unknown): number | null {
  const holds = Number.isInteger(value) && (value as number) >= 0;
  return holds && (value as number) <= largestInteger ? (value as number) : null;
}

/** What a body does not have it says nothing of: without the members that are null. */
export function known<M extends object>(members: M): { [K in keyof M]?: NonNullable<M[K]> } {
  const entries = Object.entries(members).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [K in keyof M]?: NonNullable<M[K]> };
}

/** What identity needs. Throws UnreadableDelivery naming the field: missing_field or wrong_type. */
export function need<T>(read: T | null, given: unknown, field: string, expected: string): T {
  if (read !== null) return read;
  const isMissing = given === undefined || given === null;
  throw new UnreadableDelivery(isMissing ? "missing_field" : "wrong_type", field, expected);
}
