import type { SignInProblem } from "@/lib/auth/sign-in/providers/sign-in-problems";

/** A sign-in with a provider that came to nothing. */
export class SignInRefusal extends Error {
  /** The OAuth error code the provider gave, as `invalid_client`; never its words. */
  readonly providerCode: string | null;

  constructor(
    readonly problem: SignInProblem,
    providerCode?: unknown,
  ) {
    super(`Sign-in refused: ${problem}.`);
    this.name = "SignInRefusal";
    this.providerCode = isCode(providerCode) ? providerCode : null;
  }
}

/** Ours to mend, rather than the provider's or the person's. */
const misconfigurations = [
  "invalid_client",
  "incorrect_client_credentials",
  "unauthorized_client",
  "redirect_uri_mismatch",
  "invalid_redirect_uri",
  "application_suspended",
  "invalid_scope",
  "unsupported_response_type",
];

/** What an error code of OAuth (RFC 6749 §4.1.2.1, §5.2; GitHub's own) comes to. */
export function refusalOf(code: string): SignInRefusal {
  if (code === "access_denied") return new SignInRefusal("canceled", code);
  if (code === "server_error" || code === "temporarily_unavailable")
    return new SignInRefusal("provider_unavailable", code);
  if (code === "unverified_user_email") return new SignInRefusal("email_not_verified", code);
  if (misconfigurations.includes(code)) return new SignInRefusal("provider_misconfigured", code);
  return new SignInRefusal("provider_refused", code);
}

function isCode(given: unknown): given is string {
  return typeof given === "string" && /^[a-z_]{1,40}$/.test(given);
}
