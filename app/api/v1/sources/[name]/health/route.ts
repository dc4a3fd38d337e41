import { handle } from "@/lib/http/handle";
import { readSourceHealthRoute } from "@/lib/http/routes/sources";

export const GET = handle(readSourceHealthRoute);
