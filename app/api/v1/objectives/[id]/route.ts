import { handle } from "@/lib/http/handle";
import { removeObjectiveRoute, saveObjectiveRoute } from "@/lib/http/routes/slos";

export const PUT = handle(saveObjectiveRoute);
export const DELETE = handle(removeObjectiveRoute);
