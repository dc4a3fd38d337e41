import { handle } from "@/lib/http/handle";
import { rotateTokenRoute } from "@/lib/http/routes/tokens";

export const POST = handle(rotateTokenRoute);
