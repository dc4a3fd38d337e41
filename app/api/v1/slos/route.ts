import { handle } from "@/lib/http/handle";
import { readSlosRoute } from "@/lib/http/routes/slos";

export const GET = handle(readSlosRoute);
