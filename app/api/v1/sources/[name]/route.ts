import { handle } from "@/lib/http/handle";
import { changeSourceRoute, removeSourceRoute } from "@/lib/http/routes/sources";

export const PUT = handle(changeSourceRoute);
export const DELETE = handle(removeSourceRoute);
