import { handle } from "@/lib/http/handle";
import { withdrawInvitationRoute } from "@/lib/http/routes/people";

export const DELETE = handle(withdrawInvitationRoute);
