import { equalSecrets } from "@/lib/auth/secrets";
import { isSignedMessage } from "@/lib/sources/signed-message";

/**
 * Whether GitLab proves that it knows the secret: by a signature over the exact
 * bytes where a signing token is set (Standard Webhooks), else by sending the secret
 * itself in `X-Gitlab-Token`. A signature that is there must be right: the token
 * beside it then proves nothing.
 */
export function verifyGitlab(
  input: { headers: Record<string, string>; body: Uint8Array; receivedAt: Date },
  secret: string,
): boolean {
  if (secret === "") return false;
  if (input.headers["webhook-signature"] !== undefined) return isSignedMessage(input, secret);
  const token = input.headers["x-gitlab-token"];
  return token !== undefined && equalSecrets(token, secret);
}

/** The header with which GitLab proves a delivery by its secret token. */
export function proveByToken(_body: Uint8Array, secret: string): Record<string, string> {
  return { "x-gitlab-token": secret };
}
