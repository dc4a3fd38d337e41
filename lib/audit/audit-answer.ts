import { z } from "zod";
import { time } from "@/lib/http/answers";

/** One entry of the audit: who did what, to what, when and from where. */
export const auditAnswer = z.object({
  id: z.string(),
  at: time,
  /** person, token, visitor, system or anonymous. */
  actorKind: z.string(),
  /** As they were called then. */
  actor: z.string(),
  /** Of a person or a token: stays where the name changes. */
  actorId: z.string().nullable(),
  action: z.string(),
  subjectKind: z.string().nullable(),
  subject: z.string().nullable(),
  address: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type AuditAnswer = z.infer<typeof auditAnswer>;
