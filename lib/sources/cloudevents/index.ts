import { cloudeventsGuide } from "@/lib/sources/cloudevents/guide";
import { routeCloudEvent } from "@/lib/sources/cloudevents/route";
import { openEnvelopes } from "@/lib/sources/envelope";
import { notRead } from "@/lib/sources/event-reader";
import { name } from "@/lib/sources/payload";
import type { DeliveryInput, Provider, Reading } from "@/lib/sources/reader";

/** The readers of what CloudEvents may carry. */
type Carried = Record<"cdevents" | "native", Provider>;

/**
 * CloudEvents of any type: those that carry CDEvents or native events are read
 * by these, whatever else they carry is kept and ignored.
 */
export function cloudEventsCarrying(carried: Carried): Provider {
  return {
    name: "cloudevents",
    title: "CloudEvents",
    guide: cloudeventsGuide,
    defaultAuth: "bearer",
    // A batch has no id of its own, and an id is unique only with its source.
    deliveryId: ({ headers }) =>
      headers["ce-id"] && headers["ce-source"]
        ? JSON.stringify([headers["ce-source"], headers["ce-id"], headers["ce-type"]])
        : null,
    eventName: ({ headers }) => headers["ce-type"] || "cloudevents",
    keptHeaders: [
      "ce-id",
      "ce-source",
      "ce-specversion",
      "ce-type",
      "ce-time",
      "ce-subject",
      "ce-dataschema",
    ],
    read: (input) => readCloudEvents(carried, input),
    // Of a type that nothing here reads, so it ends as ignored.
    testDelivery: (id, at) => ({
      headers: { "content-type": "application/cloudevents+json" },
      body: Buffer.from(
        JSON.stringify({
          specversion: "1.0",
          id,
          source: "/pushline",
          type: "pushline.test",
          time: at.toISOString(),
        }),
      ),
    }),
  };
}

function readCloudEvents(carried: Carried, input: DeliveryInput): Reading {
  const events = openEnvelopes(input);
  const readings = events.map((event): Reading => {
    const { provider, json } = routeCloudEvent(event);
    if (provider !== "cloudevents")
      return carried[provider].read({
        ...input,
        headers: {},
        body: Buffer.from(JSON.stringify(json)),
      });
    const type = name(event.type) ?? "untyped";
    return { outcome: "ignored", event: type, reason: notRead };
  });
  const event = [...new Set(readings.map((reading) => reading.event))].slice(0, 5).join(", ");
  const statements = readings.flatMap((reading) =>
    reading.outcome === "read" ? reading.statements : [],
  );
  if (readings.some(({ outcome }) => outcome === "read"))
    return { outcome: "read", event, statements };
  const reasons = readings.flatMap((reading) =>
    reading.outcome === "ignored" ? reading.reason : [],
  );
  return {
    outcome: "ignored",
    event: event || "empty batch",
    reason: [...new Set(reasons)].slice(0, 5).join("; ") || "the batch is empty",
  };
}
