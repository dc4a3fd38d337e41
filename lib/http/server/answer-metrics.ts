import { admit, type Exchange } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendText } from "@/lib/http/server/send";
import { exposeMetrics } from "@/lib/telemetry/exposition";
import { openMetricsType } from "@/lib/telemetry/openmetrics";

export async function answerMetrics(house: House, { request, response }: Exchange): Promise<void> {
  const context = await admit(house.context, request, "read");
  const text = await exposeMetrics(context, house.telemetry, house.collectors);
  sendText(response, 200, openMetricsType, text);
}
