import { handle } from "@/lib/http/handle";
import { setCauseRoute } from "@/lib/http/routes/incidents";

export const PUT = handle(setCauseRoute);
