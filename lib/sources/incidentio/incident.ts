import { isPayload, list, name, type Payload, part } from "@/lib/sources/payload";
import { toTime } from "@/lib/sources/time";

/** What an event tells of: under its own name; by some consumers' word `incident`. */
export function eventSubject(body: Payload, event: string): Payload {
  const own = Object.hasOwn(body, event) ? body[event] : undefined;
  return isPayload(own) ? own : part(body.incident);
}

/** The categories of a status in which nothing is broken any more, or never was. */
const over: readonly string[] = [
  "learning",
  "post_incident",
  "post-incident",
  "closed",
  "declined",
  "merged",
  "canceled",
];

export function isOver(status: unknown): boolean {
  return over.includes(name(part(status).category) ?? "");
}

/** One of the incident's timestamps, which every organisation names for itself. */
export function stampOf(incident: Payload, wanted: string): string | null {
  for (const given of list(incident.incident_timestamp_values)) {
    const stamp = name(part(part(given).incident_timestamp).name);
    if (stamp?.toLowerCase() === wanted.toLowerCase())
      return toTime(part(part(given).value).value) ?? toTime(part(given).value);
  }
  return null;
}

/** The first value of a custom field that is called after services. */
export function serviceOf(incident: Payload): string | null {
  for (const given of list(incident.custom_field_entries)) {
    const entry = part(given);
    if (!/^(affected )?services?$/i.test(name(part(entry.custom_field).name) ?? "")) continue;
    const [value] = list(entry.values).map(part);
    if (!value) continue;
    return (
      name(part(value.value_catalog_entry).name) ??
      name(part(value.value_option).value) ??
      name(value.value_text)
    );
  }
  return null;
}
