import type { Given } from "@/lib/sources/guide";

/**
 * The header that proves a source, as a field for a form that asks for headers by name
 * and value; none where the address or a signature proves it.
 */
export function proofHeader(
  { auth, username, header, secret }: Given,
  label: string,
): (readonly [string, string])[] {
  switch (auth) {
    case "bearer":
      return [[`${label}: Authorization`, `Bearer ${secret}`]];
    case "basic":
      return [[`${label}: Authorization`, `Basic and the base64 of ${username}:${secret}`]];
    case "header":
      return [[`${label}: ${header}`, secret]];
    case "path":
    case "signature":
      return [];
  }
}
