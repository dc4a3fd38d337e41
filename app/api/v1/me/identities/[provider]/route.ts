import { handle } from "@/lib/http/handle";
import { linkProviderRoute, unlinkProviderRoute } from "@/lib/http/routes/sign-in-providers";

export const POST = handle(linkProviderRoute);
export const DELETE = handle(unlinkProviderRoute);
