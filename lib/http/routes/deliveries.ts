import { z } from "zod";
import { listOf } from "@/lib/http/answers";
import { deliveryAnswer } from "@/lib/http/fact-answers";
import { limitField, manyOf, namesField, timeField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";
import { listDeliveries } from "@/lib/ingest/list-deliveries";
import { deliveryDetailAnswer, readDelivery } from "@/lib/ingest/read-delivery";
import { replayDelivery } from "@/lib/ingest/replay-delivery";

const parameters = z.object({ id: z.string() });

export const listDeliveriesRoute = route({
  operation: "listDeliveries",
  method: "GET",
  path: "/api/v1/deliveries",
  summary: "The inbox: what arrived, newest first, and what became of it",
  access: "read",
  side: "next",
  query: z.strictObject({
    outcome: manyOf(deliveryAnswer.shape.outcome.options).optional(),
    source: namesField.optional(),
    event: namesField.optional(),
    from: timeField.optional(),
    to: timeField.optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(deliveryAnswer),
  run: (context, { query }) => listDeliveries(context, query),
});

export const readDeliveryRoute = route({
  operation: "readDelivery",
  method: "GET",
  path: "/api/v1/deliveries/{id}",
  summary: "One delivery with its headers and body",
  access: "read",
  side: "next",
  parameters,
  answer: deliveryDetailAnswer,
  run: (context, { parameters: { id } }) => readDelivery(context, id),
});

export const replayDeliveryRoute = route({
  operation: "replayDelivery",
  method: "POST",
  path: "/api/v1/deliveries/{id}/replay",
  summary: "Reads a delivery once more",
  access: "write",
  side: "next",
  parameters,
  answer: deliveryAnswer,
  status: 202,
  run: (context, { parameters: { id } }) => replayDelivery(context, id),
});
