import { handle } from "@/lib/http/handle";
import { setIncidentSeparationRoute } from "@/lib/http/routes/incidents";

export const PUT = handle(setIncidentSeparationRoute);
