import type { ConfigProblem } from "@/lib/config/problems";
import type { AuthMode } from "@/lib/config/schema";

const credentialKeys = ["secret", "token", "username", "password", "header"] as const;
type CredentialKey = (typeof credentialKeys)[number];

/** What each way to prove oneself needs; anything else would go unused, so it is refused. */
const needed: Record<AuthMode, CredentialKey[]> = {
  signature: ["secret"],
  bearer: ["token"],
  basic: ["username", "password"],
  header: ["header", "token"],
  path: ["token"],
};

/** Under which name pushline.yaml has the secret of a source with this auth. */
export function secretKeyOf(auth: AuthMode): "secret" | "token" | "password" {
  if (auth === "signature") return "secret";
  return auth === "basic" ? "password" : "token";
}

/** The auth of a source: as written, else as its provider has it, else as its credentials suggest. */
export function chooseAuth(
  written: Partial<Record<CredentialKey | "auth", unknown>>,
  ofProvider: AuthMode | undefined,
): AuthMode {
  if (typeof written.auth === "string" && written.auth in needed) return written.auth as AuthMode;
  if (written.secret !== undefined) return "signature";
  if (written.username !== undefined || written.password !== undefined) return "basic";
  if (written.header !== undefined) return "header";
  if (ofProvider) return ofProvider;
  return "bearer";
}

/** What is missing from a source's credentials, and what is there to no effect. */
export function credentialProblems(
  written: Record<string, unknown>,
  ofProvider: AuthMode | undefined,
): ConfigProblem[] {
  const auth = chooseAuth(written, ofProvider);
  const missing = needed[auth].filter((key) => written[key] === undefined);
  const unused = credentialKeys.filter(
    (key) => written[key] !== undefined && !needed[auth].includes(key),
  );
  return [
    ...missing.map((key) => ({ path: [key], message: `is missing, and auth: ${auth} needs it` })),
    ...unused.map((key) => ({
      path: [key],
      message: `is not used with auth: ${auth}, which needs ${needed[auth].join(" and ")}`,
    })),
  ];
}
