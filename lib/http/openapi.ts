import { z } from "zod";
import { problemStatuses } from "@/lib/http/problem";
import type { Route } from "@/lib/http/route";

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of some routes, made from the very schemas that
 * validate and shape their requests and answers (spec.openapis.org/oas/v3.1).
 */
export function openApiDocument(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operationOf(route),
    };
  return {
    openapi: "3.1.0",
    info: {
      title: "Pushline",
      version: "1",
      description:
        "Times are RFC 3339 in UTC, durations are seconds, rates run from 0 to 1; null says that there is no data. Fields are added over time and never renamed.",
    },
    paths,
    components: {
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "A token of settings or pushline.yaml; in a browser, the session's cookie does as well.",
        },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function operationOf(route: Route): Json {
  return {
    operationId: route.operation,
    summary: route.summary,
    ...securityOf(route),
    parameters: [
      ...fieldsOf(route.parameters, "path"),
      ...fieldsOf(route.query, "query"),
      ...(route.method === "GET" && route.answer ? [formatParameter] : []),
    ],
    ...bodyOf(route),
    responses: {
      [String(route.status ?? 200)]: { description: route.summary, ...contentOf(route) },
      default: {
        description: "A refusal, with a stable code.",
        content: {
          "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
        },
      },
    },
  };
}

function securityOf(route: Route): Json {
  switch (route.access) {
    case "open":
      return { security: [] };
    case "source":
      return {
        security: [],
        description: "Proved by the source's own secret, as settings or pushline.yaml have it.",
      };
    default:
      return { security: [{ token: [] }], description: `Needs the scope "${route.access}".` };
  }
}

function fieldsOf(schema: z.ZodType | undefined, place: "path" | "query"): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: field,
  }));
}

function bodyOf({ body, consumes }: Route): Json {
  if (consumes)
    return {
      requestBody: { required: true, content: { [consumes]: { schema: { type: "string" } } } },
    };
  if (!body) return {};
  const content = { "application/json": { schema: schemaOf(body, "input") } };
  return { requestBody: { required: true, content } };
}

const formatParameter = {
  name: "format",
  in: "query",
  required: false,
  description:
    "The answer as a file: csv for lists and tables, or json. A list without limit and cursor comes whole; with one of them it is that page, and a CSV's next cursor stands in X-Next-Cursor.",
  schema: { type: "string", enum: ["csv", "json"] },
};

function contentOf(route: Route): Json {
  if (route.produces) return { content: { [route.produces]: { schema: { type: "string" } } } };
  if (!route.answer) return {};
  return { content: { "application/json": { schema: schemaOf(route.answer, "output") } } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      // What reads as text and becomes a Date is text on the wire.
      if (zodSchema._zod.def.type === "date")
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
    },
  });
  return json;
}

function problemSchema(): Json {
  const codes = Object.keys(problemStatuses) as [string, ...string[]];
  return schemaOf(
    z.object({
      type: z.literal("about:blank"),
      title: z.string(),
      status: z.number().int(),
      code: z.enum(codes),
      detail: z.string(),
      field: z.string().optional(),
      expected: z.string().optional(),
      errors: z
        .array(
          z.object({
            index: z.number().int().optional(),
            field: z.string(),
            expected: z.string(),
          }),
        )
        .optional(),
    }),
    "output",
  );
}
