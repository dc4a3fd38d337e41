import { handle } from "@/lib/http/handle";
import { changeGoalRoute, removeGoalRoute } from "@/lib/http/routes/goals";

export const PUT = handle(changeGoalRoute);
export const DELETE = handle(removeGoalRoute);
