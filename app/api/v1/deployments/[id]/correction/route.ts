import { handle } from "@/lib/http/handle";
import { setCorrectionRoute } from "@/lib/http/routes/deployments";

export const PUT = handle(setCorrectionRoute);
