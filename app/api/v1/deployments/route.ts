import { handle } from "@/lib/http/handle";
import { listDeploymentsRoute } from "@/lib/http/routes/deployments";

export const GET = handle(listDeploymentsRoute);
