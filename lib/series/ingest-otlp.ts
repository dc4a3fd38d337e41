import { isWithin, reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { Problem } from "@/lib/http/problem";
import { announceSeries } from "@/lib/series/announce-series";
import { decodeProtobuf } from "@/lib/series/otlp/protocol";
import { otlpRequest } from "@/lib/series/otlp/schema";
import { toSeries } from "@/lib/series/otlp/to-series";
import { seriesPerSourceAtMost, storeSeries } from "@/lib/series/store";
import type { Sample, SeriesSamples } from "@/lib/series/types";

export interface OtlpDelivery {
  source: string;
  /** As given, parameters included. */
  contentType: string;
  /** Already unpacked. */
  body: Uint8Array;
}

/** `{}` when all was kept; the protocol's partial success says what was not, and why. */
export interface OtlpAnswer {
  partialSuccess?: { rejectedDataPoints: string; errorMessage: string };
}

const futureAtMostMilliseconds = 3_600_000;

/**
 * Keeps the metrics of one OTLP/HTTP request, committed before it answers; those
 * of services outside of the sender's reach are rejected.
 * Throws `unsupported_media_type` and `not_decodable`.
 */
export async function ingestOtlpMetrics(
  context: Context,
  delivery: OtlpDelivery,
): Promise<OtlpAnswer> {
  const request = otlpRequest.safeParse(decode(delivery));
  if (!request.success) {
    const [issue] = request.error.issues;
    throw new Problem("not_decodable", "The body is not an OTLP metrics request.", {
      field: issue?.path.join("."),
      expected: issue?.message,
    });
  }
  const now = context.clock.now();
  const { inReach, outside } = reachable(context, toSeries(request.data));
  const { kept, rejected } = sound(inReach, now);
  const { refused } = await storeSeries(context.ingestDb, delivery.source, kept, now);
  await announceSeries(context.ingestDb, kept, now);
  return answer({ rejected, outside, refused });
}

function decode({ contentType, body }: OtlpDelivery): unknown {
  const type = contentType.split(";")[0]?.trim().toLowerCase();
  try {
    if (type === "application/x-protobuf") return decodeProtobuf(body);
    if (type === "application/json")
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Problem("not_decodable", `The body is not the ${type} it claims to be.`);
  }
  throw new Problem("unsupported_media_type", "OTLP comes as protobuf or JSON.", {
    field: "content-type",
    expected: "application/x-protobuf or application/json",
  });
}

/** A token of one source speaks as that source, which may speak of any service. */
function reachable(
  context: Context,
  series: readonly SeriesSamples[],
): { inReach: readonly SeriesSamples[]; outside: number } {
  const within = reachOf(context);
  if (within === null || within.source !== null) return { inReach: series, outside: 0 };
  const inReach = series.filter(({ service }) => isWithin(within, service));
  return { inReach, outside: pointsOf(series) - pointsOf(inReach) };
}

function pointsOf(series: readonly SeriesSamples[]): number {
  return series.reduce((sum, { samples }) => sum + samples.length, 0);
}

/** Leaves out what is no number, and times that cannot be. */
function sound(
  series: readonly SeriesSamples[],
  now: Date,
): { kept: SeriesSamples[]; rejected: number } {
  const latest = now.getTime() + futureAtMostMilliseconds;
  const isSound = ([at, value]: Sample) => Number.isFinite(value) && at > 0 && at <= latest;
  let rejected = 0;
  const kept = series.flatMap((each) => {
    const samples = each.samples.filter(isSound);
    rejected += each.samples.length - samples.length;
    return samples.length > 0 ? [{ ...each, samples }] : [];
  });
  return { kept, rejected };
}

interface NotKept {
  rejected: number;
  outside: number;
  refused: number;
}

function answer({ rejected, outside, refused }: NotKept): OtlpAnswer {
  const total = rejected + outside + refused;
  if (total === 0) return {};
  const reasons = [
    rejected > 0 ? `${rejected} points without a finite value or a possible time` : null,
    outside > 0 ? `${outside} points of services outside this token's reach` : null,
    refused > 0
      ? `${refused} points of label sets above the ${seriesPerSourceAtMost} kept per source`
      : null,
  ].filter((reason) => reason !== null);
  return {
    partialSuccess: {
      rejectedDataPoints: String(total),
      errorMessage: reasons.join("; "),
    },
  };
}
