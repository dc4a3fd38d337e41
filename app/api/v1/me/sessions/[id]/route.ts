import { handle } from "@/lib/http/handle";
import { endOwnSessionRoute } from "@/lib/http/routes/account";

export const DELETE = handle(endOwnSessionRoute);
