import { handle } from "@/lib/http/handle";
import { readMarkersRoute } from "@/lib/http/routes/metrics";

export const GET = handle(readMarkersRoute);
