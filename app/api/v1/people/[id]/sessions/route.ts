import { handle } from "@/lib/http/handle";
import { endSessionsOfRoute } from "@/lib/http/routes/people";

export const DELETE = handle(endSessionsOfRoute);
