import { handle } from "@/lib/http/handle";
import { checkEngineRoute } from "@/lib/http/routes/engines";

export const POST = handle(checkEngineRoute);
