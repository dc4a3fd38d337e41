import { handle } from "@/lib/http/handle";
import { finishProviderSignInRoute } from "@/lib/http/routes/sign-in-providers";

export const GET = handle(finishProviderSignInRoute);
