import { handle } from "@/lib/http/handle";
import { listDeliveriesRoute } from "@/lib/http/routes/deliveries";

export const GET = handle(listDeliveriesRoute);
