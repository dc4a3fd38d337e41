import { handle } from "@/lib/http/handle";
import { endOtherSessionsRoute, listOwnSessionsRoute } from "@/lib/http/routes/account";

export const GET = handle(listOwnSessionsRoute);
export const DELETE = handle(endOtherSessionsRoute);
