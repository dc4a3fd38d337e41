import { handle } from "@/lib/http/handle";
import { readSignInWaysRoute, signInRoute } from "@/lib/http/routes/account";

export const GET = handle(readSignInWaysRoute);
export const POST = handle(signInRoute);
