import { handle } from "@/lib/http/handle";
import { beginProviderSignInRoute } from "@/lib/http/routes/sign-in-providers";

export const POST = handle(beginProviderSignInRoute);
