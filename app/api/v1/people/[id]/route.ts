import { handle } from "@/lib/http/handle";
import { changePersonRoute, removePersonRoute } from "@/lib/http/routes/people";

export const PUT = handle(changePersonRoute);
export const DELETE = handle(removePersonRoute);
