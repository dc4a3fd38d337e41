import { handle } from "@/lib/http/handle";
import { listIncidentsRoute } from "@/lib/http/routes/incidents";

export const GET = handle(listIncidentsRoute);
