import { handle } from "@/lib/http/handle";
import { readDeliveryRoute } from "@/lib/http/routes/deliveries";

export const GET = handle(readDeliveryRoute);
