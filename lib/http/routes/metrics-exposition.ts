import { route } from "@/lib/http/route";
import { openMetricsType } from "@/lib/telemetry/openmetrics";

export const metricsExpositionRoute = route({
  operation: "exposeMetrics",
  method: "GET",
  path: "/metrics",
  summary: "Pushline's own metrics and the DORA gauges, OpenMetrics",
  access: "read",
  side: "server",
  produces: openMetricsType,
});
