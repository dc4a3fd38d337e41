import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "@/lib/auth/authenticate";
import { type Access, authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { addressHeader } from "@/lib/http/address";
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
export async function admit(
  base: Context,
  request: IncomingMessage,
  access: Access,
): Promise<Context> {
  const headers = { get: (name: string) => headerText(request, name) };
  const actor = await authenticate(base, headers, request.method ?? "GET");
  const context = { ...base, actor, address: headers.get(addressHeader) };
  authorise(context, access);
  return context;
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
