import { handle } from "@/lib/http/handle";
import { changeBackfillRoute } from "@/lib/http/routes/backfills";

export const PUT = handle(changeBackfillRoute);
