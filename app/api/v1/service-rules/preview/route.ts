import { handle } from "@/lib/http/handle";
import { previewServiceRuleRoute } from "@/lib/http/routes/service-rules";

export const POST = handle(previewServiceRuleRoute);
