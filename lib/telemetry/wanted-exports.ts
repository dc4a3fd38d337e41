export interface WantedExports {
  traces: boolean;
  metrics: boolean;
  /** What was asked for and is not built in. */
  complaints: string[];
}

/**
 * What the standard variables ask to be exported. Without OTEL_TRACES_EXPORTER
 * and OTEL_METRICS_EXPORTER an endpoint alone asks for both.
 */
export function wantedExports(
  environment: Readonly<Record<string, string | undefined>>,
): WantedExports {
  if (environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === "true")
    return { traces: false, metrics: false, complaints: [] };
  const traces = wanted(environment, "TRACES");
  const metrics = wanted(environment, "METRICS");
  const signals = [traces, metrics].filter(({ send }) => send);
  return {
    traces: traces.send,
    metrics: metrics.send,
    complaints: [
      ...traces.complaints,
      ...metrics.complaints,
      ...(signals.length > 0 ? otherProtocol(environment) : []),
    ],
  };
}

function wanted(
  environment: Readonly<Record<string, string | undefined>>,
  signal: "TRACES" | "METRICS",
): { send: boolean; complaints: string[] } {
  const endpoint =
    environment[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`] || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  const named = environment[`OTEL_${signal}_EXPORTER`]?.trim();
  if (!named) return { send: Boolean(endpoint), complaints: [] };
  const names = named.split(",").map((name) => name.trim().toLowerCase());
  const unknown = names.filter((name) => name !== "otlp" && name !== "none");
  return {
    send: names.includes("otlp"),
    complaints: unknown.map(
      (name) => `OTEL_${signal}_EXPORTER: ${name} is not built in; otlp and none are.`,
    ),
  };
}

function otherProtocol(environment: Readonly<Record<string, string | undefined>>): string[] {
  const protocol = environment.OTEL_EXPORTER_OTLP_PROTOCOL?.trim();
  if (!protocol || protocol === "http/protobuf") return [];
  return [
    `OTEL_EXPORTER_OTLP_PROTOCOL: ${protocol} is not built in; telemetry goes out as http/protobuf (port 4318 of most collectors).`,
  ];
}
