import { handle } from "@/lib/http/handle";
import { listFailuresRoute } from "@/lib/http/routes/insights";

export const GET = handle(listFailuresRoute);
