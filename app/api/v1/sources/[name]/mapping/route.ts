import { handle } from "@/lib/http/handle";
import { readSourceMappingRoute, saveSourceMappingRoute } from "@/lib/http/routes/replays";

export const GET = handle(readSourceMappingRoute);
export const PUT = handle(saveSourceMappingRoute);
