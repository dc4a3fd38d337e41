import { handle } from "@/lib/http/handle";
import { listEnginesRoute } from "@/lib/http/routes/engines";

export const GET = handle(listEnginesRoute);
