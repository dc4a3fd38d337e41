import { handle } from "@/lib/http/handle";
import { listAuditRoute } from "@/lib/http/routes/audit";

export const GET = handle(listAuditRoute);
