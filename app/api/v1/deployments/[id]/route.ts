import { handle } from "@/lib/http/handle";
import { readDeploymentRoute } from "@/lib/http/routes/deployments";

export const GET = handle(readDeploymentRoute);
