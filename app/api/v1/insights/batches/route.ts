import { handle } from "@/lib/http/handle";
import { readBatchesRoute } from "@/lib/http/routes/insights";

export const GET = handle(readBatchesRoute);
