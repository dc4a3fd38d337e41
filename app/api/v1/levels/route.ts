import { handle } from "@/lib/http/handle";
import { readLevelsRoute } from "@/lib/http/routes/insights";

export const GET = handle(readLevelsRoute);
