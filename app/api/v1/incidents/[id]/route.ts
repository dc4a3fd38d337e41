import { handle } from "@/lib/http/handle";
import { readIncidentRoute } from "@/lib/http/routes/incidents";

export const GET = handle(readIncidentRoute);
