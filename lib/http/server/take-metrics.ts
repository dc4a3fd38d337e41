import protobuf from "protobufjs";
import { sourceOf } from "@/lib/auth/reach";
import { admit, type Exchange } from "@/lib/http/server/exchange";
import { safeHeaders } from "@/lib/http/server/headers";
import type { House } from "@/lib/http/server/house";
import { sendJson } from "@/lib/http/server/send";
import { readBody } from "@/lib/ingest/read-body";
import { ingestOtlpMetrics, type OtlpAnswer } from "@/lib/series/ingest-otlp";

/** OTLP/HTTP answers in the encoding it was asked in. */
export async function takeMetrics(
  { context, door }: House,
  { request, response }: Exchange,
): Promise<void> {
  const sender = await admit(context, request, "ingest");
  const contentType = request.headers["content-type"] ?? "";
  const source = sourceOf(sender.actor);
  door.rates.countDeliveries(source, 1);
  const hold = door.bodies.openForProved();
  try {
    const { decoded } = await readBody(request, hold);
    const delivery = { source, contentType, body: decoded };
    const answer = await ingestOtlpMetrics(sender, delivery);
    if (/^\s*application\/json/i.test(contentType)) return sendJson(response, 200, answer);
    const bytes = encode(answer);
    const headers = { ...safeHeaders, "content-type": "application/x-protobuf" };
    response.writeHead(200, { ...headers, "content-length": bytes.byteLength }).end(bytes);
  } finally {
    hold.release();
  }
}

const lengthDelimited = 2;
const partialSuccess = (1 << 3) | lengthDelimited;
const rejectedDataPoints = 1 << 3;
const errorMessage = (2 << 3) | lengthDelimited;

/** ExportMetricsServiceResponse of opentelemetry/proto/collector/metrics/v1; empty when all was kept. */
function encode(answer: OtlpAnswer): Uint8Array {
  const writer = protobuf.Writer.create();
  const partial = answer.partialSuccess;
  if (!partial) return writer.finish();
  return writer
    .uint32(partialSuccess)
    .fork()
    .uint32(rejectedDataPoints)
    .int64(Number(partial.rejectedDataPoints))
    .uint32(errorMessage)
    .string(partial.errorMessage)
    .ldelim()
    .finish();
}
