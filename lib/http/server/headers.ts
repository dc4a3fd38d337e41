import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { dropProxyHeaders } from "@/lib/http/client-address";

/** On every answer whatever. */
const guardHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
} as const;

const dataPolicy = "default-src 'none'; frame-ancestors 'none'";

/** On everything that the server answers itself; all of it is data or for machines. */
export const safeHeaders = {
  ...guardHeaders,
  "content-security-policy": dataPolicy,
  "cache-control": "no-store",
} as const;

/** A browser that once came by TLS comes by nothing else for a year. */
export const transportSecurity = "max-age=31536000";

/** What Next answers of the API; the route itself says that it is not to be kept. */
export function dressData(request: IncomingMessage, response: ServerResponse): void {
  forgetClaims(request);
  set(response, guardHeaders);
  response.setHeader("content-security-policy", dataPolicy);
}

/** Files of the build, whose names change with their content; Next says how long they keep. */
export function dressFile(request: IncomingMessage, response: ServerResponse): void {
  forgetClaims(request);
  set(response, guardHeaders);
}

/** Next takes the nonce for its own scripts from the policy in the request. */
export function dressPage(request: IncomingMessage, response: ServerResponse): void {
  forgetClaims(request);
  const nonce = randomBytes(16).toString("base64url");
  const policy = pagePolicy(nonce);
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  set(response, guardHeaders);
  response.setHeader("content-security-policy", policy);
}

function pagePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Graphs and popups are placed by style attributes, which run nothing and have no nonce.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join("; ");
}

/** What only we may tell those behind us, and what the client may have written there. */
function forgetClaims({ headers }: IncomingMessage): void {
  delete headers["content-security-policy"];
  delete headers["content-security-policy-report-only"];
  delete headers["x-nonce"];
  dropProxyHeaders(headers);
}

function set(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const name in headers) response.setHeader(name, headers[name] as string);
}
