import { handle } from "@/lib/http/handle";
import { inviteRoute, listInvitationsRoute } from "@/lib/http/routes/people";

export const GET = handle(listInvitationsRoute);
export const POST = handle(inviteRoute);
