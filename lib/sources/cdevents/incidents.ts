import type { Statement } from "@/lib/facts/types";
import { type Cdevent, reference, subjectKey } from "@/lib/sources/cdevents/event";
import { name, text } from "@/lib/sources/payload";

/** Detected and reported both open it, at the first of them; what resolves it does not rename it. */
export function readIncident(event: Cdevent): Statement[] {
  const { predicate, content, custom, subject, when } = event;
  const state = predicate === "resolved" ? "resolved" : "opened";
  const severity = name(custom.severity);
  const [service, environment] = [reference(content.service), reference(content.environment)];
  const url = text(content.ticketURI) ?? text(content.uri);
  return [
    {
      noun: "incident",
      key: subjectKey(event),
      ...when,
      members: {
        ...(state === "opened" && { title: text(content.description, 1000) ?? subject }),
        ...(service && { service }),
        ...(environment && { environment }),
        ...(severity && { severity }),
        ...(url && { url }),
        reports: {
          [event.eventId + predicate]: {
            state,
            at: when.asOf,
            ...(when.timeFromReceipt && { presumed: true }),
          },
        },
      },
    },
  ];
}
