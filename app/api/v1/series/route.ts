import { handle } from "@/lib/http/handle";
import { readSeriesRoute } from "@/lib/http/routes/series";

export const GET = handle(readSeriesRoute);
