import { dataOf } from "@/lib/sources/envelope";
import { isPayload, type Payload } from "@/lib/sources/payload";

const nativePrefix = "dev.pushline.";

/** Who reads what a CloudEvent carries, and the body that this reader is given. */
export interface Route {
  provider: "cdevents" | "native" | "cloudevents";
  json: unknown;
}

/** By type: CDEvents go on whole, `dev.pushline.<type>` carries a native event, all else is nobody's. */
export function routeCloudEvent(event: Payload): Route {
  const type = typeof event.type === "string" ? event.type : "";
  if (type.startsWith("dev.cdevents.")) return { provider: "cdevents", json: event };
  if (!type.startsWith(nativePrefix)) return { provider: "cloudevents", json: event };
  const data = dataOf(event);
  const carried = isPayload(data) ? { type: type.slice(nativePrefix.length), ...data } : data;
  return { provider: "native", json: carried ?? null };
}
