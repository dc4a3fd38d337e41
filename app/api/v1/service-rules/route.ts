import { handle } from "@/lib/http/handle";
import { listServiceRulesRoute } from "@/lib/http/routes/service-rules";

export const GET = handle(listServiceRulesRoute);
