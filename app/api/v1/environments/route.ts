import { handle } from "@/lib/http/handle";
import { listEnvironmentsRoute } from "@/lib/http/routes/services";

export const GET = handle(listEnvironmentsRoute);
