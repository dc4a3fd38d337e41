import { handle } from "@/lib/http/handle";
import { readSuspectsRoute } from "@/lib/http/routes/incidents";

export const GET = handle(readSuspectsRoute);
