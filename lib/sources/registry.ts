import { alertmanager } from "@/lib/sources/alertmanager";
import { cdevents } from "@/lib/sources/cdevents";
import { cloudEventsCarrying } from "@/lib/sources/cloudevents";
import { splitCloudEventsWith } from "@/lib/sources/cloudevents/split";
import { isCloudEvents } from "@/lib/sources/envelope";
import { github } from "@/lib/sources/github";
import { junit } from "@/lib/sources/junit";
import { native } from "@/lib/sources/native";
import { splitNativeEvent, splitNativeEvents } from "@/lib/sources/native/split";
import { pushline } from "@/lib/sources/pushline";
import type { Provider, SentEvent } from "@/lib/sources/reader";

export { checkReport } from "@/lib/sources/junit/check-report";

/** Every provider that Pushline reads: one folder and one line each. */
export const providers: readonly Provider[] = [
  alertmanager,
  cdevents,
  cloudEventsCarrying({ cdevents, native }),
  github,
  junit,
  native,
  pushline,
];

/**
 * Those that a source may have: people's own words come by the product itself, and
 * reports of tests by an address whose query says what they are about.
 */
export const configurableProviders = providers.filter(
  ({ name }) => name !== pushline.name && name !== junit.name,
);

/** The provider of that name, as pushline.yaml and the deliveries table have it; null when unknown. */
export function providerNamed(name: string): Provider | null {
  return providers.find((provider) => provider.name === name) ?? null;
}

/**
 * The events of one request to POST /api/v1/events, each to be stored as a
 * delivery of its own: CloudEvents by their headers, native events otherwise.
 * Throws Problem `not_decodable` or `invalid_event`; then none is taken.
 */
export function splitEvents(headers: Record<string, string>, body: Uint8Array): SentEvent[] {
  return isCloudEvents(headers) ? splitCloudEvents(headers, body) : splitNativeEvents(body);
}

function splitCloudEvents(headers: Record<string, string>, body: Uint8Array): SentEvent[] {
  return splitCloudEventsWith(splitNativeEvent, headers, body);
}
