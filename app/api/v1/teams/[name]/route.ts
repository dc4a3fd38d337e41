import { handle } from "@/lib/http/handle";
import { removeTeamRoute, saveTeamRoute } from "@/lib/http/routes/teams";

export const PUT = handle(saveTeamRoute);
export const DELETE = handle(removeTeamRoute);
