import { isPayload, type Payload } from "@/lib/sources/payload";

/** The body's JSON for a look at the door, where nothing is refused yet: what is no object is an empty one. */
export function glance(body: Uint8Array): Payload {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    return isPayload(value) ? value : {};
  } catch {
    return {};
  }
}
