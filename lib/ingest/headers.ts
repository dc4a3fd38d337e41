import type { IncomingMessage } from "node:http";

/** Every header of a request as one text, by its lower-case name. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return headers;
}

/** Those that a reader needs later: the content type and what its provider names; never the one that proves the source. */
export function keptHeaders(
  headers: Record<string, string>,
  names: readonly string[],
  proof: string | null,
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["content-type", ...names]) {
    const value = headers[name];
    if (value !== undefined && name !== proof) kept[name] = value;
  }
  return kept;
}
