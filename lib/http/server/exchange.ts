import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate, authorise } from "@/lib/auth/authenticate";
import type { Context, Scope } from "@/lib/context";
import { Problem } from "@/lib/http/problem";

/** One request of the server's own and what is known of it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** From the {braces} of the route's path. */
  parameters: Record<string, string>;
  /** What follows the question mark. */
  search: string;
}

/** The Context with the asker as its actor. Throws `unauthenticated`, `forbidden`, `cross_site`. */
export function admit(context: Context, request: IncomingMessage, scope: Scope): Context {
  const headers = { get: (name: string) => headerText(request, name) };
  const actor = authenticate(context, headers, request.method ?? "GET");
  authorise(actor, scope);
  return { ...context, actor };
}

/**
 * A page's cookie goes to whatever address the browser believes is ours, so a
 * name that someone points at this machine (DNS rebinding) must not be answered.
 */
export function refuseForeignHost(request: IncomingMessage, baseUrl: string | null): void {
  if (request.headers.authorization !== undefined) return;
  const host = request.headers.host ?? "";
  if (isLoopback(host) || (baseUrl !== null && host === new URL(baseUrl).host)) return;
  throw new Problem(
    "forbidden",
    "Pushline does not answer to this Host; set PUSHLINE_BASE_URL to the address it is reached at.",
  );
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function headerText(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(", ") : value) ?? null;
}
