import { handle } from "@/lib/http/handle";
import { listWorkRoute } from "@/lib/http/routes/work";

export const GET = handle(listWorkRoute);
