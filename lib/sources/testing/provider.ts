import type { Provider, Reading } from "@/lib/sources/reader";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

/** How a test reads what one provider sends, at a source of the provider's own name. */
export function readerFor(provider: Provider) {
  return {
    /** A fixture's statements; none where it is ignored. */
    fixture: (file: string) => statementsOf(provider.read(deliveryOf(provider.name, file))),
    /** A payload made for a test. */
    json: (json: unknown, headers: Record<string, string> = {}): Reading =>
      provider.read({
        source: provider.name,
        headers,
        body: Buffer.from(JSON.stringify(json)),
        receivedAt,
      }),
  };
}
