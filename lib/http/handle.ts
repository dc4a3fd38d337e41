import { type Actor, anonymous } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { isSafe, refuseForeignHost, refuseForeignPage } from "@/lib/auth/cross-site";
import { authorise } from "@/lib/auth/policy";
import { type Context, currentContext } from "@/lib/context";
import { addressHeader } from "@/lib/http/client-address";
import { exportAnswer, readFormat } from "@/lib/http/export";
import { findHostile } from "@/lib/http/find-hostile";
import { asProblem, Problem, problemAnswer } from "@/lib/http/problem";
import type { Route } from "@/lib/http/route";
import { readJsonBytes } from "@/lib/limits/request-size";
import { recordProblem } from "@/lib/telemetry/record-problem";
import { recordQueried } from "@/lib/telemetry/record-queried";

type PathParameters = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route as a web handler: authenticate → decode → verb → JSON, or a file where one is asked for. */
export function handle<P, Q, B, A>(route: Route<P, Q, B, A>) {
  return async (request: Request, path: PathParameters): Promise<Response> => {
    const started = performance.now();
    try {
      const context = await admit(route, request);
      const url = new URL(request.url);
      const format = readFormat(url.searchParams.get("format"));
      url.searchParams.delete("format");
      const input = {
        parameters: decode(route.parameters, await path.params, "path"),
        query: decode(route.query, route.query && queryObject(url.searchParams), "query"),
        body: decode(route.body, route.body ? await readBody(request) : undefined, "body"),
        headers: request.headers,
      };
      const paged = url.searchParams.has("limit") || url.searchParams.has("cursor");
      const response =
        format && route.method === "GET"
          ? await exportAnswer(route, context, input, { format, paged })
          : respond(route, await route.run?.(context, input));
      recordQueried(route.operation, (performance.now() - started) / 1000);
      return response;
    } catch (error) {
      return refuse(route.operation, error);
    }
  };
}

/** Refused before anything of the request is decoded: an outsider learns nothing of what is expected. */
async function admit({ access }: Pick<Route, "access">, request: Request): Promise<Context> {
  const base = currentContext();
  const address = request.headers.get(addressHeader);
  const actor =
    access === "open"
      ? stranger(base, request)
      : await authenticate(base, request.headers, request.method);
  const context = { ...base, actor, address };
  authorise(context, access);
  return context;
}

/** Signing in needs nobody's leave, but no other site may do it to this browser. */
function stranger({ site }: Context, { headers, method }: Request): Actor {
  if (!isSafe(method)) {
    refuseForeignHost(headers, site);
    refuseForeignPage(headers, site);
  }
  return anonymous;
}

function decode<T>(
  schema: Route<T>["parameters"],
  value: unknown,
  where: "path" | "query" | "body",
): T {
  if (!schema) return undefined as T;
  const hostile = findHostile(value);
  if (hostile)
    throw new Problem("invalid_field", `The ${where} holds what no text here may.`, hostile);
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    field: issue.path.join(".") || where,
    expected: issue.message,
  }));
  throw new Problem("invalid_field", `The ${where} has ${errors.length} invalid field(s).`, {
    ...errors[0],
    errors,
  });
}

const queryParametersAtMost = 100;

/** Repeated names become arrays. Throws `invalid_field` above 100 parameters. */
function queryObject(parameters: URLSearchParams): Record<string, string | string[]> {
  if (parameters.size > queryParametersAtMost)
    throw new Problem("invalid_field", "The query has too many parameters.", {
      field: "query",
      expected: `at most ${queryParametersAtMost} parameters`,
      limit: queryParametersAtMost,
    });
  const all = new Map<string, string[]>();
  for (const [name, value] of parameters) {
    const values = all.get(name);
    if (values) values.push(value);
    else all.set(name, [value]);
  }
  // Unlike an assignment it makes of __proto__ a member like any other.
  return Object.fromEntries(
    [...all].map(([name, values]) => [name, values.length > 1 ? values : (values[0] ?? "")]),
  );
}

async function readBody(request: Request): Promise<unknown> {
  const bytes = await readJsonBytes(request);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem("not_decodable", "The body is not JSON in UTF-8.", {
      field: "body",
      expected: "JSON",
    });
  }
}

function respond({ status = 200 }: Pick<Route, "status">, answer: unknown): Response {
  if (answer instanceof Response) return unkept(answer);
  return Response.json(answer ?? null, { status, headers: { "cache-control": "no-store" } });
}

/** A verb's own answer sets a cookie or sends elsewhere; nobody may keep it. */
function unkept(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set("cache-control", "no-store");
  return new Response(answer.body, { status: answer.status, headers });
}

function refuse(operation: string, error: unknown): Response {
  const problem = asProblem(error);
  recordProblem(operation, problem, error);
  const { status, headers, body } = problemAnswer(problem);
  return new Response(body, { status, headers });
}
