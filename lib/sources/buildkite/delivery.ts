import type { Time } from "@/lib/facts/types";
import { name, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** What the three shapes say alike: the webhook, the event of Amazon EventBridge, the build of the API. */
export interface Delivered {
  source: string;
  receivedAt: Date;
  /** `build.finished`, in the webhook's words. */
  event: string;
  build: Payload;
  pipeline: Payload;
  organization: Payload;
  /** Empty where the event is none of a job. */
  job: Payload;
  /** When the event was made, by EventBridge; a webhook does not say. */
  at: Time | null;
}

/** Opens a body in any of the three. */
export function openBody(body: Payload): Omit<Delivered, "source" | "receivedAt"> {
  const detail = part(body.detail);
  const isBare = body.build === undefined && body.detail === undefined && "state" in body;
  const sent = body.detail === undefined ? body : detail;
  const build = isBare ? body : part(sent.build);
  return {
    event: eventOf(body, isBare),
    build,
    pipeline: part(isBare ? body.pipeline : (sent.pipeline ?? build.pipeline)),
    organization: part(sent.organization),
    job: part(sent.job),
    at: timeOf(body.time),
  };
}

/** EventBridge's "Build Finished" is the webhook's `build.finished`. */
function eventOf(body: Payload, isBare: boolean): string {
  const event = name(body.event) ?? name(body["detail-type"])?.toLowerCase().replaceAll(" ", ".");
  return event ?? (isBare ? "build" : "unknown");
}

/** EventBridge writes "2019-08-11 06:01:16 UTC" where the webhook writes RFC 3339. */
export function timeOf(value: unknown): Time | null {
  return toTime(typeof value === "string" ? value.replace(/ UTC$/, "Z") : value);
}
