import { handle } from "@/lib/http/handle";
import { readSetUpRoute, setUpRoute } from "@/lib/http/routes/account";

export const GET = handle(readSetUpRoute);
export const POST = handle(setUpRoute);
