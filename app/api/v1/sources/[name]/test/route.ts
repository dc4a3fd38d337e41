import { handle } from "@/lib/http/handle";
import { testSourceRoute } from "@/lib/http/routes/sources";

export const POST = handle(testSourceRoute);
