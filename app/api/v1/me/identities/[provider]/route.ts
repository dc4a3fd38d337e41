import { handle } from "@/lib/http/handle";
import { linkProviderRoute } from "@/lib/http/routes/sign-in-providers";

export const POST = handle(linkProviderRoute);
