import { handle } from "@/lib/http/handle";
import { readRemediesRoute } from "@/lib/http/routes/insights";

export const GET = handle(readRemediesRoute);
