import { handle } from "@/lib/http/handle";
import { changeNameRoute, readMeRoute } from "@/lib/http/routes/account";

export const GET = handle(readMeRoute);
export const PUT = handle(changeNameRoute);
