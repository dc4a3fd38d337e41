import { handle } from "@/lib/http/handle";
import { listServicesRoute } from "@/lib/http/routes/services";

export const GET = handle(listServicesRoute);
