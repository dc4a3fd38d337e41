import { z } from "zod";
import { auditAnswer } from "@/lib/audit/audit-answer";
import { everyAuditEntry, listAudit } from "@/lib/audit/list-audit";
import { listOf } from "@/lib/http/answers";
import { limitField, namesField, timeField } from "@/lib/http/fields";
import { route } from "@/lib/http/route";

export const listAuditRoute = route({
  operation: "listAudit",
  method: "GET",
  path: "/api/v1/audit",
  summary: "Who did what, when and from where, newest first; as CSV all that matches",
  access: "admin",
  side: "next",
  query: z.strictObject({
    actor: namesField.optional(),
    actorId: namesField.optional(),
    action: namesField.optional(),
    subject: namesField.optional(),
    search: z.string().min(1).max(200).optional(),
    from: timeField.optional(),
    to: timeField.optional(),
    cursor: z.string().optional(),
    limit: limitField,
  }),
  answer: listOf(auditAnswer),
  run: (context, { query }) => listAudit(context, query),
  everyItem: (context, { query }) => everyAuditEntry(context, query),
});
