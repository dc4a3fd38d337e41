import { handle } from "@/lib/http/handle";
import { listBuildsRoute } from "@/lib/http/routes/facts";

export const GET = handle(listBuildsRoute);
