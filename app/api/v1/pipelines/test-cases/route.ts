import { handle } from "@/lib/http/handle";
import { readTestCasesRoute } from "@/lib/http/routes/pipelines";

export const GET = handle(readTestCasesRoute);
