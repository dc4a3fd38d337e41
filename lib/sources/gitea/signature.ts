import { hmacHex, isHmacHex } from "@/lib/sources/hmac";

/** Whether `X-Gitea-Signature` (a fork's is Forgejo's), hex without a prefix, is the HMAC of exactly these bytes. */
export function verifyGitea(
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
  secret: string,
): boolean {
  const given = headers["x-gitea-signature"] ?? headers["x-forgejo-signature"] ?? "";
  return isHmacHex(given, body, secret);
}

/** The header with which Gitea proves a body. */
export function signForGitea(body: Uint8Array, secret: string): Record<string, string> {
  return { "x-gitea-signature": hmacHex(body, secret) };
}
