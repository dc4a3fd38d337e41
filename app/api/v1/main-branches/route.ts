import { handle } from "@/lib/http/handle";
import { listMainBranchesRoute } from "@/lib/http/routes/slos";

export const GET = handle(listMainBranchesRoute);
