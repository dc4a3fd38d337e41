import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { Resource } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";

/** Endpoint, headers and timeouts are read from OTEL_EXPORTER_OTLP_* by the exporter itself. */
export function exportTraces(
  resource: Resource,
  environment: Readonly<Record<string, string | undefined>>,
): TracerProvider {
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() });
  const sampler = chooseSampler(environment);
  const provider = new TracerProvider({ resource, sampler, spanProcessors: [processor] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return provider;
}

/** OTEL_TRACES_SAMPLER and its argument; all spans where it says nothing we know. */
function chooseSampler(environment: Readonly<Record<string, string | undefined>>): Sampler {
  const [, isParentBased, name] =
    /^(parentbased_)?(\w+)$/.exec(environment.OTEL_TRACES_SAMPLER ?? "") ?? [];
  const ratio = Number(environment.OTEL_TRACES_SAMPLER_ARG ?? 1);
  const root = rootSampler(name, ratio);
  return isParentBased || name === undefined ? new ParentBasedSampler({ root }) : root;
}

function rootSampler(name: string | undefined, ratio: number): Sampler {
  switch (name) {
    case "always_off":
      return new AlwaysOffSampler();
    case "traceidratio":
      return new TraceIdRatioBasedSampler(ratio >= 0 && ratio <= 1 ? ratio : 1);
    default:
      return new AlwaysOnSampler();
  }
}
