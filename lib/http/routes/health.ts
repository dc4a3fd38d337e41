import { z } from "zod";
import { route } from "@/lib/http/route";

export const healthRoute = route({
  operation: "readHealth",
  method: "GET",
  path: "/healthz",
  summary: "Alive",
  access: "open",
  side: "server",
  answer: z.object({ status: z.literal("alive") }),
});

export const readinessRoute = route({
  operation: "readReadiness",
  method: "GET",
  path: "/readyz",
  summary: "Able to take deliveries; 503 while not",
  access: "open",
  side: "server",
  answer: z.object({ status: z.literal("ready") }),
});
