import { handle } from "@/lib/http/handle";
import { revokeTokenRoute } from "@/lib/http/routes/tokens";

export const DELETE = handle(revokeTokenRoute);
