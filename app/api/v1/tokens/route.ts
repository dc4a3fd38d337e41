import { handle } from "@/lib/http/handle";
import { listTokensRoute, makeTokenRoute } from "@/lib/http/routes/tokens";

export const GET = handle(listTokensRoute);
export const POST = handle(makeTokenRoute);
