import { nativeGuide } from "@/lib/sources/native/guide";
import { checkNativeEvent } from "@/lib/sources/native/parse";
import { nativeStatements } from "@/lib/sources/native/statements";
import { beginning, decodeText, parseJson } from "@/lib/sources/payload";
import {
  type DeliveryInput,
  type Provider,
  type Reading,
  UnreadableDelivery,
} from "@/lib/sources/reader";

/** Pushline's own events: validated at the door, where the sender reads the answer, and read here. */
export const native: Provider = {
  name: "native",
  title: "Pushline's own events",
  guide: nativeGuide,
  defaultAuth: "bearer",
  deliveryId: () => null,
  eventName: ({ body }) => /"type"\s*:\s*"([a-z_]{1,20})"/.exec(beginning(body))?.[1] ?? "unknown",
  keptHeaders: [],
  read: readNative,
};

/** One event, or a list of them as a webhook may send it. */
function readNative({ source, body, receivedAt }: DeliveryInput): Reading {
  const json = parseJson(decodeText(body));
  const events = (Array.isArray(json) ? json : [json]).map((candidate, index) => {
    const checked = checkNativeEvent(candidate);
    if ("event" in checked) return checked.event;
    const [first] = checked.errors;
    const field = [Array.isArray(json) ? `[${index}]` : "", first?.field ?? ""];
    throw new UnreadableDelivery(
      "invalid_event",
      field.filter(Boolean).join(".") || null,
      first?.expected ?? "a native event",
    );
  });
  const names = [...new Set(events.map(({ type }) => type))];
  if (events.length === 0)
    return { outcome: "ignored", event: "none", reason: "the list holds no event" };
  return {
    outcome: "read",
    event: names.join(", "),
    statements: events.flatMap((event) => nativeStatements(event, source, receivedAt)),
  };
}
