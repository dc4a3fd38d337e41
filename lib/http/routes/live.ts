import { z } from "zod";
import { route } from "@/lib/http/route";

export const liveRoute = route({
  operation: "followLive",
  method: "GET",
  path: "/api/v1/live",
  summary: "What changes, as it changes (server-sent events); Last-Event-ID resumes",
  access: "read",
  side: "server",
  query: z.strictObject({
    /** The same as the header, for clients that cannot set one. */
    lastEventId: z.string().optional(),
  }),
  produces: "text/event-stream",
});
