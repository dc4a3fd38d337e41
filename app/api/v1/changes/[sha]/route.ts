import { handle } from "@/lib/http/handle";
import { readJourneyRoute } from "@/lib/http/routes/facts";

export const GET = handle(readJourneyRoute);
