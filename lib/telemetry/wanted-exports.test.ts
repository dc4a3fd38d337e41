import { expect, it } from "vitest";
import { wantedExports } from "@/lib/telemetry/wanted-exports";

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" };

it.each([
  ["nothing", {}, [false, false]],
  ["an endpoint", endpoint, [true, true]],
  [
    "an endpoint for traces",
    { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://x/v1/traces" },
    [true, false],
  ],
  ["exporters by name", { OTEL_METRICS_EXPORTER: "otlp" }, [false, true]],
  ["an endpoint but no traces", { ...endpoint, OTEL_TRACES_EXPORTER: "none" }, [false, true]],
  ["all of it, and disabled", { ...endpoint, OTEL_SDK_DISABLED: "TRUE" }, [false, false]],
])("%s", (_name, environment, [traces, metrics]) => {
  expect(wantedExports(environment)).toEqual({ traces, metrics, complaints: [] });
});

it("says what it cannot honour", () => {
  const { traces, complaints } = wantedExports({
    ...endpoint,
    OTEL_TRACES_EXPORTER: "zipkin",
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
  });
  expect(traces).toBe(false);
  expect(complaints).toEqual([expect.stringContaining("zipkin"), expect.stringContaining("grpc")]);
});
