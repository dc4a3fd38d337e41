import { handle } from "@/lib/http/handle";
import { findInvitationRoute } from "@/lib/http/routes/people";

export const POST = handle(findInvitationRoute);
