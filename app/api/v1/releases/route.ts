import { handle } from "@/lib/http/handle";
import { listReleasesRoute } from "@/lib/http/routes/facts";

export const GET = handle(listReleasesRoute);
