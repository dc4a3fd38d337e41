import { handle } from "@/lib/http/handle";
import { removeServiceRuleRoute, saveServiceRuleRoute } from "@/lib/http/routes/service-rules";

export const PUT = handle(saveServiceRuleRoute);
export const DELETE = handle(removeServiceRuleRoute);
