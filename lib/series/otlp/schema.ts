import { z } from "zod";

/** Both wire forms, as plain objects: 64-bit integers come as text or as numbers. */
const integer = z.union([z.string().regex(/^-?\d{1,20}$/), z.number()]);

/** Nanoseconds since the epoch → milliseconds. */
const nanoseconds = integer.transform((value) =>
  typeof value === "string" ? Number(BigInt(value) / 1_000_000n) : Math.trunc(value / 1e6),
);
const count = integer.transform(Number);
/** A label is a text: of a number that JSON has rounded already it would say another one. */
const exactInteger = integer.refine(
  (value) => typeof value === "string" || Number.isSafeInteger(value),
  {
    error: "a whole number up to 2^53 − 1, or as text",
  },
);
/** Without NUL and lone surrogates, which the database cannot keep. */
const text = z
  .string()
  .transform((given) =>
    /[\0\ud800-\udfff]/.test(given)
      ? Buffer.from(given).toString().replaceAll("\0", "\ufffd")
      : given,
  );
// JSON has no infinities, so the protocol writes them as text.
const double = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);

const attribute = z.object({
  key: text,
  value: z
    .object({
      stringValue: text.optional(),
      boolValue: z.boolean().optional(),
      intValue: exactInteger.optional(),
      doubleValue: double.optional(),
    })
    .optional(),
});
const attributes = z.array(attribute).default([]);
const common = { timeUnixNano: nanoseconds, attributes };

const numberPoint = z.object({
  ...common,
  asDouble: double.optional(),
  asInt: count.optional(),
});
const histogramPoint = z.object({
  ...common,
  count,
  sum: double.optional(),
  bucketCounts: z.array(count).default([]),
  explicitBounds: z.array(double).default([]),
});
const exponentialPoint = z.object({
  ...common,
  count,
  sum: double.optional(),
  scale: z.number().int().default(0),
  zeroCount: count.default(0),
  positive: z
    .object({ offset: z.number().int().default(0), bucketCounts: z.array(count).default([]) })
    .optional(),
});
const summaryPoint = z.object({
  ...common,
  count,
  sum: double.optional(),
  quantileValues: z.array(z.object({ quantile: double, value: double })).default([]),
});

const temporality = z.number().int().default(0);

const metric = z.object({
  name: z.string().min(1).max(500).pipe(text),
  unit: text.default(""),
  gauge: z.object({ dataPoints: z.array(numberPoint).default([]) }).optional(),
  sum: z
    .object({
      dataPoints: z.array(numberPoint).default([]),
      aggregationTemporality: temporality,
      isMonotonic: z.boolean().default(false),
    })
    .optional(),
  histogram: z
    .object({
      dataPoints: z.array(histogramPoint).default([]),
      aggregationTemporality: temporality,
    })
    .optional(),
  exponentialHistogram: z
    .object({
      dataPoints: z.array(exponentialPoint).default([]),
      aggregationTemporality: temporality,
    })
    .optional(),
  summary: z.object({ dataPoints: z.array(summaryPoint).default([]) }).optional(),
});

export const otlpRequest = z.object({
  resourceMetrics: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeMetrics: z.array(z.object({ metrics: z.array(metric).default([]) })).default([]),
      }),
    )
    .default([]),
});

export type OtlpRequest = z.infer<typeof otlpRequest>;
export type OtlpMetric = z.infer<typeof metric>;
export type OtlpAttribute = z.infer<typeof attribute>;
