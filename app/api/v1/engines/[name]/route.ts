import { handle } from "@/lib/http/handle";
import { removeEngineRoute, saveEngineRoute } from "@/lib/http/routes/engines";

export const PUT = handle(saveEngineRoute);
export const DELETE = handle(removeEngineRoute);
