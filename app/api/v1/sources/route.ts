import { handle } from "@/lib/http/handle";
import { addSourceRoute, listSourcesRoute } from "@/lib/http/routes/sources";

export const GET = handle(listSourcesRoute);
export const POST = handle(addSourceRoute);
