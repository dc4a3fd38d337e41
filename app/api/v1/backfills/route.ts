import { handle } from "@/lib/http/handle";
import { listBackfillsRoute, startBackfillRoute } from "@/lib/http/routes/backfills";

export const GET = handle(listBackfillsRoute);
export const POST = handle(startBackfillRoute);
