/**
 * Why a sign-in with a provider came to nothing, as `/sign-in?problem=<code>` says it.
 * Pure, so that the page can word each; what the provider itself wrote is never shown.
 */
const signInProblems = [
  /** Longer than ten minutes under way, without its cookie, or come back a second time: begin again. */
  "sign_in_expired",
  /** What came back belongs to another sign-in than the one this browser began. */
  "state_mismatch",
  /** Whoever asked said no at the provider. */
  "canceled",
  "provider_unavailable",
  /** The provider takes our client, its secret or the redirect address for wrong: for an admin. */
  "provider_misconfigured",
  /** The provider would not say who it is: a code that is spent, a consent withdrawn. */
  "provider_refused",
  /** Another issuer, a foreign nonce, a signature that does not hold. */
  "answer_not_trusted",
  "email_not_verified",
  "domain_not_allowed",
  "organization_not_allowed",
  /** Known to the provider, but nobody invited them here. */
  "not_invited",
  "invitation_expired",
  "account_disabled",
  /** To be added to one account, but another signs in with it. */
  "identity_taken",
  "too_many_requests",
] as const;
export type SignInProblem = (typeof signInProblems)[number];
