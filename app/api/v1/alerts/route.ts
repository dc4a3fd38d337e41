import { handle } from "@/lib/http/handle";
import { listAlertsRoute } from "@/lib/http/routes/facts";

export const GET = handle(listAlertsRoute);
