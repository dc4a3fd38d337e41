import { handle } from "@/lib/http/handle";
import { previewMappingRoute } from "@/lib/http/routes/replays";

export const POST = handle(previewMappingRoute);
