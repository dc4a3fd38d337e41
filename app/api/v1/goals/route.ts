import { handle } from "@/lib/http/handle";
import { addGoalRoute, listGoalsRoute } from "@/lib/http/routes/goals";

export const GET = handle(listGoalsRoute);
export const POST = handle(addGoalRoute);
