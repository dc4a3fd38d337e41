import type { SourceAnswer } from "@/lib/http/settings-answers";

type Proof = Pick<SourceAnswer, "auth" | "username" | "header">;

/** How a source proves that a delivery is its own. */
export function proofWords({ auth, username, header }: Proof): string {
  switch (auth) {
    case "signature":
      return "signs every delivery";
    case "bearer":
      return "sends a bearer token";
    case "basic":
      return `signs in as ${username ?? "its user"} with a password`;
    case "header":
      return `sends its secret as ${header ?? "a header"}`;
    case "path":
      return "has the secret in its address";
  }
}

/** The same as something to choose. */
export const authChoices: Record<SourceAnswer["auth"], string> = {
  signature: "Signature over the body (safest)",
  bearer: "Bearer token",
  basic: "User name and password",
  header: "Secret in a header of its own",
  path: "Secret in the address (for senders that can do nothing else)",
};
