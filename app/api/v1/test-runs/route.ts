import { handle } from "@/lib/http/handle";
import { listTestRunsRoute } from "@/lib/http/routes/facts";

export const GET = handle(listTestRunsRoute);
