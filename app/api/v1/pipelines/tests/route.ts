import { handle } from "@/lib/http/handle";
import { readTestsTrendRoute } from "@/lib/http/routes/pipelines";

export const GET = handle(readTestsTrendRoute);
