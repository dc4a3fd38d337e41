import { handle } from "@/lib/http/handle";
import { changePasswordRoute } from "@/lib/http/routes/account";

export const PUT = handle(changePasswordRoute);
