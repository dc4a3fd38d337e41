import { handle } from "@/lib/http/handle";
import { setNewPasswordRoute } from "@/lib/http/routes/account";

export const POST = handle(setNewPasswordRoute);
