import { handle } from "@/lib/http/handle";
import { replayDeliveryRoute } from "@/lib/http/routes/deliveries";

export const POST = handle(replayDeliveryRoute);
