import { describe, expect, it } from "vitest";
import { type DeliveryInput, type Reading, UnreadableDelivery } from "@/lib/sources/reader";
import { providers } from "@/lib/sources/registry";
import { deliveryOf, fixturesOf, jsonOf } from "@/lib/sources/testing/fixtures";
import { withEachTextReplaced } from "@/lib/sources/testing/mutations";

/** What no reader knows, and no reason says again: each value were a row on the source's page. */
const word = "zqx-4711";

describe.each(providers)("$name", (provider) => {
  const files = fixturesOf(provider.name)
    .map(({ file }) => file)
    .filter((file) => file.endsWith(".json"));

  function reasonOf(delivery: DeliveryInput): string | null {
    let reading: Reading;
    try {
      reading = provider.read(delivery);
    } catch (error) {
      if (!(error instanceof UnreadableDelivery)) throw error;
      return null;
    }
    return reading.outcome === "ignored" ? reading.reason : null;
  }

  it("says in fixed words why a delivery is ignored, whatever stands in it", () => {
    const said = files.flatMap((file) => {
      const delivery = deliveryOf(provider.name, file);
      const bodies = withEachTextReplaced(jsonOf(provider.name, file), word).map((json) =>
        Buffer.from(JSON.stringify(json)),
      );
      const headers = Object.keys(delivery.headers).map((name) => ({
        ...delivery.headers,
        [name]: word,
      }));
      return [
        ...bodies.map((body) => ({ ...delivery, body })),
        ...headers.map((replaced) => ({ ...delivery, headers: replaced })),
      ].flatMap((changed) => reasonOf(changed) ?? []);
    });
    expect([...new Set(said)].filter((reason) => reason.includes(word))).toEqual([]);
  });
});
