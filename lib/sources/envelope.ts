import { decodeText, isPayload, type Payload, parseJson, text } from "@/lib/sources/payload";
import { UnreadableDelivery } from "@/lib/sources/reader";

/**
 * CloudEvents over HTTP (cloudevents/spec, http-protocol-binding 1.0.2): the
 * envelope in which other providers' events may come, so no provider's own.
 */

type Delivered = { headers: Record<string, string>; body: Uint8Array };

/** Whether the request says by its headers that it carries CloudEvents. */
export function isCloudEvents(headers: Record<string, string>): boolean {
  return mode(headers) !== null;
}

/**
 * The CloudEvents of a request, each as its structured JSON: binary mode is put
 * together from its `ce-` headers, a batch taken apart. Throws
 * UnreadableDelivery where the envelope itself is no JSON.
 */
export function openEnvelopes(delivered: Delivered): Payload[] {
  switch (mode(delivered.headers)) {
    case "binary":
      return [fromBinary(delivered)];
    case "batched": {
      const batch = parseJson(decodeText(delivered.body));
      if (Array.isArray(batch)) return batch.map(eventOf);
      throw new UnreadableDelivery("wrong_type", null, "a list of CloudEvents");
    }
    default:
      return [eventOf(parseJson(decodeText(delivered.body)))];
  }
}

/** The JSON that a CloudEvent carries, plain or in base64; undefined where it carries none. */
export function dataOf(event: Payload): unknown {
  if (event.data !== undefined) return event.data;
  if (typeof event.data_base64 !== "string") return undefined;
  try {
    return JSON.parse(Buffer.from(event.data_base64, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}

function mode(headers: Record<string, string>): "structured" | "batched" | "binary" | null {
  const type = headers["content-type"]?.toLowerCase() ?? "";
  if (type.startsWith("application/cloudevents-batch")) return "batched";
  if (type.startsWith("application/cloudevents")) return "structured";
  return headers["ce-type"] !== undefined || headers["ce-specversion"] !== undefined
    ? "binary"
    : null;
}

function eventOf(value: unknown): Payload {
  if (isPayload(value)) return value;
  throw new UnreadableDelivery("wrong_type", null, "a CloudEvent as a JSON object");
}

function fromBinary({ headers, body }: Delivered): Payload {
  const attributes = Object.entries(headers).flatMap(([header, value]) => {
    const attribute = header.startsWith("ce-") ? header.slice("ce-".length) : "";
    return attribute ? [[attribute, headerValue(value)] as const] : [];
  });
  const datacontenttype = text(headers["content-type"]) ?? undefined;
  return { ...Object.fromEntries(attributes), datacontenttype, ...carried(body) };
}

/** JSON where it is JSON; what it means, and whether anyone reads it, the type decides. */
function carried(body: Uint8Array): Payload {
  if (body.byteLength === 0) return {};
  try {
    return { data: JSON.parse(Buffer.from(body).toString("utf8")) };
  } catch {
    return { data_base64: Buffer.from(body).toString("base64") };
  }
}

/** Values may be quoted, and are percent-encoded where HTTP could not carry them. */
function headerValue(value: string): string {
  const bare = /^"(.*)"$/s.exec(value)?.[1]?.replace(/\\(.)/gs, "$1") ?? value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
