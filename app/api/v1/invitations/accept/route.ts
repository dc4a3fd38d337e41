import { handle } from "@/lib/http/handle";
import { acceptInvitationRoute } from "@/lib/http/routes/people";

export const POST = handle(acceptInvitationRoute);
