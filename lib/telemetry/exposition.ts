import { reachOf } from "@/lib/auth/reach";
import type { Context } from "@/lib/context";
import { toFamilies } from "@/lib/telemetry/families";
import { type Family, toOpenMetrics } from "@/lib/telemetry/openmetrics";
import type { Telemetry } from "@/lib/telemetry/start";

/** More families than OpenTelemetry's own, read when somebody asks. */
export type Collector = (context: Context) => Promise<Family[]>;

/**
 * Everything GET /metrics says, as OpenMetrics text. What is told of the instance
 * itself is for those who reach all of it.
 */
export async function exposeMetrics(
  context: Context,
  telemetry: Pick<Telemetry, "collect">,
  collectors: readonly Collector[],
): Promise<string> {
  const [own, ...others] = await Promise.all([
    reachOf(context) === null ? telemetry.collect() : [],
    ...collectors.map((collect) => collect(context)),
  ]);
  return toOpenMetrics([...toFamilies(own), ...others.flat()]);
}
