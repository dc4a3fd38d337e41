import { z } from "zod";
import { ResultSplitter } from "@/lib/engines/result-splitter";
import { OutboundProblem } from "@/lib/outbound/problem";

/** One line of a graph, or one value of it. */
export interface EngineSeries {
  labels: Record<string, string>;
  /** Milliseconds since 1970. */
  times: Float64Array;
  /** NaN where the engine says so. */
  values: Float64Array;
}

export interface MatrixCaps {
  seriesAtMost: number;
  /** Of one series. Prometheus itself gives no more than 11,000. */
  pointsAtMost: number;
}
const matrixCaps: MatrixCaps = { seriesAtMost: 1_000, pointsAtMost: 11_000 };

/** A point is never longer: a time in seconds and a number as text. */
const charactersPerPoint = 64;
const labelCharactersAtMost = 64 * 1024;

/**
 * Reads the answer of an engine's `query` or `query_range` while it arrives
 * (prometheus.io/docs/prometheus/latest/querying/api, matrix and vector): what is held
 * is what was asked for and never more than the caps. Throws OutboundProblem
 * `too_many_series`, `too_many_points`, `malformed`, or `refused` with what the engine says.
 */
export async function readMatrix(
  body: AsyncIterable<Uint8Array>,
  { seriesAtMost, pointsAtMost }: MatrixCaps = matrixCaps,
): Promise<EngineSeries[]> {
  const series: EngineSeries[] = [];
  const splitter = new ResultSplitter(
    pointsAtMost * charactersPerPoint + labelCharactersAtMost,
    (text) => {
      if (series.length >= seriesAtMost)
        throw new OutboundProblem(
          "too_many_series",
          `It answered with more than ${seriesAtMost} series.`,
        );
      series.push(toSeries(text, pointsAtMost));
    },
  );
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of body) splitter.push(decoded(decoder, chunk));
  splitter.push(decoded(decoder));
  const answer = surroundings.safeParse(parsed(splitter.surroundings));
  if (!answer.success) throw malformed();
  if (answer.data.status === "error") throw new OutboundProblem("refused", said(answer.data));
  return series;
}

const surroundings = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("success"),
    data: z.object({ resultType: z.enum(["matrix", "vector"]), result: z.array(z.never()) }),
  }),
  z.object({
    status: z.literal("error"),
    errorType: z.string().optional(),
    error: z.string().optional(),
  }),
]);

function said({ errorType = "error", error = "" }: { errorType?: string; error?: string }): string {
  return `The engine says ${errorType}: ${error}`.slice(0, 300);
}

function toSeries(text: string, pointsAtMost: number): EngineSeries {
  const { metric, values, value } = record(parsed(text));
  const points = values ?? (value === undefined ? undefined : [value]);
  if (!Array.isArray(points)) throw malformed();
  if (points.length > pointsAtMost)
    throw new OutboundProblem(
      "too_many_points",
      `A series of it has more than ${pointsAtMost} points.`,
    );
  const series = {
    labels: labelsOf(metric),
    times: new Float64Array(points.length),
    values: new Float64Array(points.length),
  };
  for (const [index, point] of points.entries()) {
    const [seconds, number] = Array.isArray(point) ? point : [];
    if (typeof seconds !== "number" || typeof number !== "string") throw malformed();
    series.times[index] = Math.round(seconds * 1_000);
    series.values[index] = toNumber(number);
  }
  return series;
}

function labelsOf(metric: unknown): Record<string, string> {
  const entries = Object.entries(record(metric));
  if (entries.some(([, value]) => typeof value !== "string")) throw malformed();
  return Object.fromEntries(entries) as Record<string, string>;
}

/** As Prometheus writes numbers: "NaN", "+Inf" and "-Inf" among them. */
function toNumber(text: string): number {
  if (text === "NaN") return Number.NaN;
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  const number = Number(text);
  if (text.trim() === "" || Number.isNaN(number)) throw malformed();
  return number;
}

function record(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed();
  return value as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw malformed();
  }
}

function malformed(): OutboundProblem {
  return new OutboundProblem("malformed", "What it sent is no answer of a Prometheus query.");
}
