import { z } from "zod";
import { acceptedAnswer } from "@/lib/http/fact-answers";
import { route } from "@/lib/http/route";
import { nativeEvent } from "@/lib/sources/native/schema";
import { postedQuery } from "@/lib/sources/posted-run";

export const webhookRoute = route({
  operation: "receiveWebhook",
  method: "POST",
  path: "/api/webhooks/{source}",
  summary: "A provider's webhook, as it sends it; 202 says that it is stored",
  access: "source",
  side: "server",
  parameters: z.object({ source: z.string() }),
  answer: acceptedAnswer,
  status: 202,
});

export const webhookWithKeyRoute = route({
  operation: "receiveWebhookWithKey",
  method: "POST",
  path: "/api/webhooks/{source}/{key}",
  summary: "The same, for sources with auth: path, whose key is part of the address",
  access: "source",
  side: "server",
  parameters: z.object({ source: z.string(), key: z.string() }),
  answer: acceptedAnswer,
  status: 202,
});

export const eventsRoute = route({
  operation: "receiveEvents",
  method: "POST",
  path: "/api/v1/events",
  summary: "Native events (one or an array), or CloudEvents; taken whole or not at all",
  access: "ingest",
  side: "server",
  body: z.union([nativeEvent, z.array(nativeEvent).max(1_000)]),
  answer: z.object({
    events: z.array(z.object({ id: z.string(), outcome: acceptedAnswer.shape.outcome })),
  }),
  status: 202,
});

export const testRunRoute = route({
  operation: "receiveTestRun",
  method: "POST",
  path: "/api/v1/test-runs",
  summary:
    "A run of tests as JUnit XML, one file or several in a row; what it is about in the query",
  access: "ingest",
  side: "server",
  query: postedQuery,
  consumes: "application/xml",
  answer: acceptedAnswer,
  status: 202,
});

export const otlpMetricsRoute = route({
  operation: "receiveOtlpMetrics",
  method: "POST",
  path: "/v1/metrics",
  summary: "OTLP/HTTP metrics, protobuf or JSON; answers in the same encoding",
  access: "ingest",
  side: "server",
  answer: z.object({
    partialSuccess: z
      .object({ rejectedDataPoints: z.string(), errorMessage: z.string() })
      .optional(),
  }),
});
