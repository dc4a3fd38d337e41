import { z } from "zod";
import { route } from "@/lib/http/route";

export const openApiRoute = route({
  operation: "readOpenApi",
  method: "GET",
  path: "/api/v1/openapi.json",
  summary: "This API's description, OpenAPI 3.1",
  access: "open",
  side: "server",
  answer: z.record(z.string(), z.unknown()),
});
