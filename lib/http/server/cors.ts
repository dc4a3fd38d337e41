import type { IncomingMessage, ServerResponse } from "node:http";
import { safeHeaders } from "@/lib/http/server/headers";

const preflightKeptSeconds = 600;

/**
 * Lets pages of the configured origins read the answer. Never with credentials:
 * they bring a token, and a browser's sign-in stays with our own pages.
 */
export function allowOrigin(
  request: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  if (origins.length === 0) return;
  response.setHeader("vary", "origin");
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "retry-after, x-next-cursor");
}

/** Whether the browser asks beforehand, for a page of a configured origin. */
export function isPreflight(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  return (
    request.method === "OPTIONS" &&
    request.headers["access-control-request-method"] !== undefined &&
    origin !== undefined &&
    origins.includes(origin)
  );
}

export function answerPreflight(response: ServerResponse, methods: readonly string[]): void {
  response
    .writeHead(204, {
      ...safeHeaders,
      "access-control-allow-methods": methods.join(", "),
      "access-control-allow-headers": "authorization, content-type, last-event-id",
      "access-control-max-age": String(preflightKeptSeconds),
    })
    .end();
}
