import { handle } from "@/lib/http/handle";
import { previewSourceReplayRoute } from "@/lib/http/routes/replays";

export const POST = handle(previewSourceReplayRoute);
