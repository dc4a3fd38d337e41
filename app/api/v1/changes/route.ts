import { handle } from "@/lib/http/handle";
import { listChangesRoute } from "@/lib/http/routes/facts";

export const GET = handle(listChangesRoute);
