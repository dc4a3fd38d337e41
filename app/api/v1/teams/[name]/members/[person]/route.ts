import { handle } from "@/lib/http/handle";
import { changeMemberRoute } from "@/lib/http/routes/people";

export const PUT = handle(changeMemberRoute);
