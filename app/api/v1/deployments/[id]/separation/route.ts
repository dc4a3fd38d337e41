import { handle } from "@/lib/http/handle";
import { setDeploymentSeparationRoute } from "@/lib/http/routes/deployments";

export const PUT = handle(setDeploymentSeparationRoute);
