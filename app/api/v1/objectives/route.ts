import { handle } from "@/lib/http/handle";
import { listObjectivesRoute } from "@/lib/http/routes/slos";

export const GET = handle(listObjectivesRoute);
