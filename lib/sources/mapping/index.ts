import { mappingGuide } from "@/lib/sources/mapping/guide";
import { readByMapping } from "@/lib/sources/mapping/read";
import { beginning } from "@/lib/sources/payload";
import type { Provider } from "@/lib/sources/reader";

/** Any JSON, turned into facts by rules that the source itself has, in pushline.yaml or settings. */
export const mapping: Provider = {
  name: "mapping",
  title: "Anything else (a mapping)",
  guide: mappingGuide,
  defaultAuth: "bearer",
  deliveryId: ({ headers }) => headers["webhook-id"] ?? null,
  eventName: ({ headers, body }) => headerName(headers) ?? namedIn(beginning(body)) ?? "json",
  keptHeaders: [
    "user-agent",
    "x-event",
    "x-event-key",
    "x-event-name",
    "x-event-type",
    "webhook-id",
    "webhook-timestamp",
    "ce-id",
    "ce-source",
    "ce-subject",
    "ce-time",
    "ce-type",
  ],
  // Kept until there are rules, and then read by them.
  read: () => ({ outcome: "ignored", event: "json", reason: "its source has no mapping yet" }),
  readBy: readByMapping,
};

const namingHeaders = ["x-event", "x-event-name", "x-event-type", "x-event-key", "ce-type"];

function headerName(headers: Record<string, string>): string | null {
  const given = namingHeaders.flatMap((name) => headers[name] ?? []);
  return given[0]?.slice(0, 100) || null;
}

/** What most senders call their event by, wherever it first stands. */
function namedIn(text: string): string | null {
  const named = /"(?:event|event_?type|event_?name|type|action|kind)"\s*:\s*"([\w.:/ -]{1,60})"/i;
  return named.exec(text)?.[1] ?? null;
}
