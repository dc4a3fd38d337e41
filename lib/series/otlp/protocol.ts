import protobuf from "protobufjs";

/**
 * The part of OpenTelemetry's metrics protocol (opentelemetry/proto/metrics/v1)
 * that Pushline reads: [field number, type] per name. Unknown fields are skipped.
 */
type Fields = Record<string, [number, string] | [number, string, "repeated"]>;

const messages: Record<string, Fields> = {
  Request: { resourceMetrics: [1, "ResourceMetrics", "repeated"] },
  ResourceMetrics: {
    resource: [1, "Resource"],
    scopeMetrics: [2, "ScopeMetrics", "repeated"],
  },
  Resource: { attributes: [1, "KeyValue", "repeated"] },
  ScopeMetrics: { metrics: [2, "Metric", "repeated"] },
  KeyValue: { key: [1, "string"], value: [2, "AnyValue"] },
  AnyValue: {
    stringValue: [1, "string"],
    boolValue: [2, "bool"],
    intValue: [3, "int64"],
    doubleValue: [4, "double"],
  },
  Metric: {
    name: [1, "string"],
    unit: [3, "string"],
    gauge: [5, "Gauge"],
    sum: [7, "Sum"],
    histogram: [9, "Histogram"],
    exponentialHistogram: [10, "ExponentialHistogram"],
    summary: [11, "Summary"],
  },
  Gauge: { dataPoints: [1, "NumberPoint", "repeated"] },
  Sum: {
    dataPoints: [1, "NumberPoint", "repeated"],
    aggregationTemporality: [2, "int32"],
    isMonotonic: [3, "bool"],
  },
  Histogram: {
    dataPoints: [1, "HistogramPoint", "repeated"],
    aggregationTemporality: [2, "int32"],
  },
  ExponentialHistogram: {
    dataPoints: [1, "ExponentialPoint", "repeated"],
    aggregationTemporality: [2, "int32"],
  },
  Summary: { dataPoints: [1, "SummaryPoint", "repeated"] },
  NumberPoint: {
    timeUnixNano: [3, "fixed64"],
    asDouble: [4, "double"],
    asInt: [6, "sfixed64"],
    attributes: [7, "KeyValue", "repeated"],
  },
  HistogramPoint: {
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    bucketCounts: [6, "fixed64", "repeated"],
    explicitBounds: [7, "double", "repeated"],
    attributes: [9, "KeyValue", "repeated"],
  },
  ExponentialPoint: {
    attributes: [1, "KeyValue", "repeated"],
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    scale: [6, "sint32"],
    zeroCount: [7, "fixed64"],
    positive: [8, "Buckets"],
  },
  Buckets: { offset: [1, "sint32"], bucketCounts: [2, "uint64", "repeated"] },
  SummaryPoint: {
    timeUnixNano: [3, "fixed64"],
    count: [4, "fixed64"],
    sum: [5, "double"],
    quantileValues: [6, "Quantile", "repeated"],
    attributes: [7, "KeyValue", "repeated"],
  },
  Quantile: { quantile: [1, "double"], value: [2, "double"] },
};

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(messages).map(([name, fields]) => [name, { fields: describe(fields) }]),
  ),
});

function describe(fields: Fields): Record<string, protobuf.IField> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [id, type, rule]]) => [name, { id, type, rule }]),
  ) as Record<string, protobuf.IField>;
}

const requestType = root.lookupType("Request");

/** A protobuf body as the plain object that the protocol's JSON form is: 64-bit integers as text. */
export function decodeProtobuf(body: Uint8Array): unknown {
  return requestType.toObject(requestType.decode(body), { longs: String });
}

/** The wire form of a JSON body: what tests send. */
export function encodeProtobuf(request: object): Uint8Array {
  return requestType.encode(requestType.fromObject(request)).finish();
}
