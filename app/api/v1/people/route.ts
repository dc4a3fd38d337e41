import { handle } from "@/lib/http/handle";
import { listPeopleRoute } from "@/lib/http/routes/people";

export const GET = handle(listPeopleRoute);
