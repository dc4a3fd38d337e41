import { handle } from "@/lib/http/handle";
import { readMetricsRoute } from "@/lib/http/routes/metrics";

export const GET = handle(readMetricsRoute);
