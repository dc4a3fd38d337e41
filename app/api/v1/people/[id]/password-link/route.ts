import { handle } from "@/lib/http/handle";
import { makePasswordLinkRoute } from "@/lib/http/routes/people";

export const POST = handle(makePasswordLinkRoute);
