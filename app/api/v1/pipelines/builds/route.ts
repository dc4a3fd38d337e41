import { handle } from "@/lib/http/handle";
import { readBuildsTrendRoute } from "@/lib/http/routes/pipelines";

export const GET = handle(readBuildsTrendRoute);
