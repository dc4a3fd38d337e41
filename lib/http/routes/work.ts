import { z } from "zod";
import { route } from "@/lib/http/route";
import { workAnswer } from "@/lib/http/work-answers";
import { listWork } from "@/lib/projection/list-work";

export const listWorkRoute = route({
  operation: "listWork",
  method: "GET",
  path: "/api/v1/work",
  summary: "How far a rebuild is, the application of changed rules, or a source's replay",
  access: "read",
  side: "next",
  query: z.strictObject({}),
  answer: z.object({ items: z.array(workAnswer) }),
  run: listWork,
});
