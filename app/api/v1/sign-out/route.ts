import { handle } from "@/lib/http/handle";
import { signOutRoute } from "@/lib/http/routes/account";

export const POST = handle(signOutRoute);
