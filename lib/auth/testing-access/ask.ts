import { ValueType } from "@opentelemetry/api";
import { AggregationTemporality, DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import type { PersonaName } from "@/lib/auth/testing-access/classes";
import { credentialsOf } from "@/lib/auth/testing-access/personas";
import type { Sample } from "@/lib/auth/testing-access/samples";
import { outside } from "@/lib/auth/testing-access/tellings";
import type { World } from "@/lib/auth/testing-access/world";
import { provideContext } from "@/lib/context";
import { handle } from "@/lib/http/handle";
import type { Route } from "@/lib/http/route";
import { startServer } from "@/lib/http/server";

/** Sends a question as somebody and answers what came back. */
export type Ask = (
  route: Route,
  sample: Pick<Sample, "parameters" | "query" | "body" | "contentType">,
  persona: PersonaName,
) => Promise<Response>;

/**
 * The instance as it is reached: its own addresses over real servers, with sign-in
 * and without, what is Next's through the very handlers that its route files export.
 */
export async function openInstance(world: World): Promise<{ ask: Ask; close(): Promise<void> }> {
  const serve = (context: World["context"]) =>
    startServer({
      context,
      host: "127.0.0.1",
      port: 0,
      pools: { main: world.database.pool, ingest: world.database.pool },
      onDeliveries: () => undefined,
      telemetry: { collect: async () => [ofTheInstance] },
      pages: null,
    });
  const [guarded, opened] = [await serve(world.context), await serve(world.opened)];

  const ask: Ask = async (route, sample, persona) => {
    const { parameters = {}, query = "", body, contentType = "application/json" } = sample;
    const { context, headers } = await credentialsOf(world, persona);
    const port = persona === "visitor" ? opened.port : guarded.port;
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(parameters[name] ?? ""),
    );
    const address = `http://127.0.0.1:${port}${path}${query && `?${query}`}`;
    const request = {
      method: route.method,
      headers: { ...headers, ...(body !== undefined && { "content-type": contentType }) },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    };
    if (route.side === "server") return fetch(address, { ...request, redirect: "manual" });
    provideContext(context);
    return handle(route)(new Request(address, request), { params: Promise.resolve(parameters) });
  };
  return {
    ask,
    async close() {
      await Promise.all([guarded.close(), opened.close()]);
    },
  };
}

/** What the instance counts of itself names every source. */
const ofTheInstance: MetricData = {
  descriptor: { name: "received", description: "", unit: "", valueType: ValueType.INT },
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPointType: DataPointType.SUM,
  isMonotonic: true,
  dataPoints: [
    { startTime: [0, 0], endTime: [0, 0], attributes: { source: outside.source }, value: 1 },
  ],
};

/** What an answer says of itself where it is a problem; an event stream is let go without being read. */
export async function problemOf(
  answer: Response,
): Promise<{ code: string; detail: string } | null> {
  const type = answer.headers.get("content-type") ?? "";
  if (type.startsWith("application/problem+json")) return answer.json();
  await answer.body?.cancel();
  return null;
}
