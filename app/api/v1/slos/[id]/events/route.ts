import { handle } from "@/lib/http/handle";
import { listSloEventsRoute } from "@/lib/http/routes/slos";

export const GET = handle(listSloEventsRoute);
