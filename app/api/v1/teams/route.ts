import { handle } from "@/lib/http/handle";
import { listTeamsRoute } from "@/lib/http/routes/services";

export const GET = handle(listTeamsRoute);
