import { handle } from "@/lib/http/handle";
import { listProvidersRoute } from "@/lib/http/routes/sources";

export const GET = handle(listProvidersRoute);
