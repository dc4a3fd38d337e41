import { equalSecrets } from "@/lib/auth/secrets";
import type { ConfigSource } from "@/lib/config";
import { Problem } from "@/lib/http/problem";
import { expectedProof } from "@/lib/ingest/expected-proof";
import type { Reader } from "@/lib/sources/reader";

export interface Proof {
  headers: Record<string, string>;
  /** Each form in which the sender may have signed it: as it came over the wire, and decoded. */
  signable: readonly Uint8Array[];
  receivedAt: Date;
  /** The last part of /api/webhooks/{source}/{key}. */
  pathKey: string | null;
}

/**
 * Throws `bad_signature` or `unauthenticated` unless the delivery comes from
 * someone who holds one of the source's secrets. Every secret is compared, in
 * constant time.
 */
export function proveSource(source: ConfigSource, provider: Reader, proof: Proof): void {
  if (isProved(source, provider, proof)) return;
  const code = source.auth === "signature" ? "bad_signature" : "unauthenticated";
  throw new Problem(code, expectedProof(source, provider, proof.headers));
}

/** Whether the delivery comes from someone who holds one of the source's secrets. */
export function isProved(source: ConfigSource, provider: Reader, proof: Proof): boolean {
  return source.secrets
    .map((secret) => holdsSecret(source, provider, proof, secret))
    .includes(true);
}

function holdsSecret(
  source: ConfigSource,
  provider: Reader,
  proof: Proof,
  secret: string,
): boolean {
  const authorization = proof.headers.authorization ?? "";
  switch (source.auth) {
    case "signature":
      return proof.signable.some((body) => provider.verify?.({ ...proof, body }, secret) === true);
    case "bearer":
      return equalSecrets(/^Bearer +(.+)$/i.exec(authorization)?.[1] ?? "", secret);
    case "basic":
      return equalSecrets(basicCredentials(authorization), `${source.username}:${secret}`);
    case "header":
      return equalSecrets(proof.headers[source.header ?? ""] ?? "", secret);
    case "path":
      return equalSecrets(proof.pathKey ?? "", secret);
  }
}

function basicCredentials(authorization: string): string {
  const encoded = /^Basic +(.+)$/i.exec(authorization)?.[1] ?? "";
  return Buffer.from(encoded, "base64").toString("utf8");
}
