import type { ConfigSource } from "@/lib/config";
import type { Reader } from "@/lib/sources/reader";

type Headers = Record<string, string>;

/**
 * What a refused sender should look after: which header was expected, and what in it. Says
 * nothing of a secret, and of what was sent only whether it was there.
 */
export function expectedProof(
  source: Pick<ConfigSource, "auth" | "header">,
  provider: Pick<Reader, "sign">,
  headers: Headers,
): string {
  switch (source.auth) {
    case "signature":
      return expectedSignature(provider, headers);
    case "bearer":
      return !headers.authorization
        ? "The header authorization is missing: “Bearer” and this source's token are expected in it."
        : "The header authorization holds another token than this source's, after “Bearer”.";
    case "basic":
      return !headers.authorization
        ? "The header authorization is missing: this source's user name and password are expected, as basic authentication."
        : "The header authorization holds another user name or password than this source's, or none by basic authentication.";
    case "header":
      return !headers[source.header ?? ""]
        ? `The header ${source.header} is missing: this source's secret is expected in it.`
        : `The header ${source.header} holds another secret than this source's.`;
    case "path":
      return "The key of this source is expected as the last part of the address, and is missing there or another.";
  }
}

/** Of a provider's signature, whose headers are those that it signs a body with itself. */
export function expectedSignature({ sign }: Pick<Reader, "sign">, headers: Headers): string {
  const names = Object.keys(sign?.(Buffer.from(""), anySecret, headers) ?? {});
  const missing = names.find((name) => !headers[name]);
  if (missing)
    return `The signature is missing: it is expected in the header ${missing}, made with this source's secret.`;
  const given = names.length > 0 ? ` in the header ${names.join(" and ")}` : "";
  return `The signature${given} is not this body's by this source's secret: look whether both sides hold the same one, whether something in between changes the body, and, where a time is signed, whether it is within five minutes.`;
}

/** Some schemes take base64 alone; nothing is proved with it. */
const anySecret = "c2VjcmV0";
