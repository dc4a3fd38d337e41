import { handle } from "@/lib/http/handle";
import { readSourceReplayRoute, replaySourceRoute } from "@/lib/http/routes/replays";

export const GET = handle(readSourceReplayRoute);
export const POST = handle(replaySourceRoute);
