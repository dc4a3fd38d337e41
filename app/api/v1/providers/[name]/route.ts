import { handle } from "@/lib/http/handle";
import { findProviderGuideRoute } from "@/lib/http/routes/sources";

export const GET = handle(findProviderGuideRoute);
