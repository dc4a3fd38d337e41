import type { z } from "zod";
import { type Access, authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { refuseBackwardWindow } from "@/lib/http/window";

export interface RouteInput<P, Q, B> {
  parameters: P;
  query: Q;
  body: B;
  /** Of the request: cookies, the browser's name, the host. Absent where a page asks for itself. */
  headers?: Headers;
}

/**
 * One address of the outside contract. Server, OpenAPI, the access test and the
 * docs are all made from these; `run` is a verb of lib/.
 */
export interface Route<P = unknown, Q = unknown, B = unknown, A = unknown> {
  operation: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With {braces} for parameters, as OpenAPI writes them. */
  path: string;
  summary: string;
  access: Access;
  /** Which side answers: the node:http server itself, or Next behind it. */
  side: "server" | "next";
  parameters?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** Content type of the request's body where it is not JSON. */
  consumes?: string;
  answer?: z.ZodType<A>;
  /** Content type of the answer where it is not JSON. */
  produces?: string;
  status?: number;
  /** A Response goes out as it is: those that set cookies or lead elsewhere. */
  run?(context: Context, input: RouteInput<P, Q, B>): Promise<A | Response>;
  /** For lists whose export is all that matches, in batches, where paging through it will not do. */
  everyItem?(
    context: Context,
    input: Pick<RouteInput<P, Q, B>, "parameters" | "query">,
  ): AsyncIterable<Rows>;
  /** The rows of the answer's CSV, where it is neither a list nor figures in buckets. */
  table?(answer: A): Rows;
}

/** A table as exports have it: a member of each row is a column. */
export type Rows = Record<string, unknown>[];

/**
 * Keeps the types of one route's schemas and verb together; the manifest forgets
 * them. Whoever runs the verb through the route, an address or a page, passes the
 * policy first; what it is about, the verb itself asks the policy for.
 */
export function route<P = unknown, Q = unknown, B = unknown, A = unknown>(
  definition: Route<P, Q, B, A>,
): Route<P, Q, B, A> {
  const { run, everyItem, access } = definition;
  if (!run) return definition;
  return {
    ...definition,
    run: async (context, input) => {
      authorise(context, access);
      refuseBackwardWindow(input.query);
      return run(context, input);
    },
    ...(everyItem && {
      everyItem: (context, input) => {
        authorise(context, access);
        refuseBackwardWindow(input.query);
        return everyItem(context, input);
      },
    }),
  };
}
