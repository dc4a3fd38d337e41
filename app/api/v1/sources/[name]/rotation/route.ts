import { handle } from "@/lib/http/handle";
import { finishSourceRotationRoute, rotateSourceRoute } from "@/lib/http/routes/sources";

export const POST = handle(rotateSourceRoute);
export const DELETE = handle(finishSourceRotationRoute);
