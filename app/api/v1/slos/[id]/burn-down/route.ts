import { handle } from "@/lib/http/handle";
import { readBurnDownRoute } from "@/lib/http/routes/slos";

export const GET = handle(readBurnDownRoute);
