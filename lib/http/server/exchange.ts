import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticate } from "@/lib/auth/authenticate";
import { type Access, authorise } from "@/lib/auth/policy";
import type { Context } from "@/lib/context";
import { addressHeader } from "@/lib/http/client-address";

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
  const headers = headersOf(request);
  const actor = await authenticate(base, headers, request.method ?? "GET");
  const context = { ...base, actor, address: headers.get(addressHeader) };
  authorise(context, access);
  return context;
}

/** A request's headers as `authenticate` and the checks of browsers read them. */
export function headersOf(request: IncomingMessage): { get(name: string): string | null } {
  return { get: (name) => headerText(request, name) };
}

function headerText(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value.join(", ") : value) ?? null;
}
