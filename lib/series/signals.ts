/**
 * The service signals that Pushline knows by name, and how each is made from
 * what services send: OpenTelemetry's semantic conventions (stable, then
 * pre-1.23), then the usual Prometheus names.
 */
export type SignalName =
  | "error_ratio"
  | "latency_p50"
  | "latency_p95"
  | "latency_p99"
  | "request_rate"
  | "cpu"
  | "memory";

export interface Signal {
  metric: SignalName;
  unit: "ratio" | "seconds" | "per_second" | "bytes";
  title: string;
  recipe: Recipe;
}

export type Recipe =
  | { kind: "rate"; of: readonly string[] }
  | { kind: "error_ratio"; of: readonly string[] }
  | { kind: "quantile"; q: number; of: readonly string[] }
  | { kind: "mean"; of: readonly string[] };

const requestCounts = [
  "http.server.request.duration.count",
  "http.server.duration.count",
  "rpc.server.duration.count",
  "http_request_duration_seconds.count",
  "http_requests_total",
];
const requestBuckets = [
  "http.server.request.duration.bucket",
  "http.server.duration.bucket",
  "rpc.server.duration.bucket",
  "http_request_duration_seconds.bucket",
];

export const signals: readonly Signal[] = [
  {
    metric: "error_ratio",
    unit: "ratio",
    title: "Error ratio",
    recipe: { kind: "error_ratio", of: requestCounts },
  },
  {
    metric: "latency_p95",
    unit: "seconds",
    title: "Latency p95",
    recipe: { kind: "quantile", q: 0.95, of: requestBuckets },
  },
  {
    metric: "latency_p50",
    unit: "seconds",
    title: "Latency p50",
    recipe: { kind: "quantile", q: 0.5, of: requestBuckets },
  },
  {
    metric: "latency_p99",
    unit: "seconds",
    title: "Latency p99",
    recipe: { kind: "quantile", q: 0.99, of: requestBuckets },
  },
  {
    metric: "request_rate",
    unit: "per_second",
    title: "Traffic",
    recipe: { kind: "rate", of: requestCounts },
  },
  {
    metric: "cpu",
    unit: "ratio",
    title: "CPU",
    recipe: {
      kind: "mean",
      of: [
        "process.cpu.utilization",
        "container.cpu.utilization",
        "jvm.cpu.recent_utilization",
        "system.cpu.utilization",
      ],
    },
  },
  {
    metric: "memory",
    unit: "bytes",
    title: "Memory",
    recipe: {
      kind: "mean",
      of: [
        "process.memory.usage",
        "container.memory.usage",
        "jvm.memory.used",
        "process_resident_memory_bytes",
      ],
    },
  },
];

const statusLabels = [
  "http.response.status_code",
  "http.status_code",
  "rpc.grpc.status_code",
  "status_code",
  "code",
  "status",
];
/** gRPC codes that are the server's own fault: unknown, deadline, unimplemented, internal, unavailable, data loss. */
const grpcFaults = new Set(["2", "4", "12", "13", "14", "15"]);

/** Whether a request series counts server errors, by its labels. */
export function countsErrors(labels: Record<string, string>): boolean {
  for (const name of statusLabels) {
    const value = labels[name];
    if (value === undefined) continue;
    return name.startsWith("rpc.") ? grpcFaults.has(value) : /^5(\d\d|xx)$/i.test(value);
  }
  return labels["error.type"] !== undefined;
}
