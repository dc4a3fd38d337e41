import type { SignInProblem } from "@/lib/auth/sign-in/providers/sign-in-problems";

const words: Record<SignInProblem, string> = {
  sign_in_expired: "Signing in took too long, or was finished already. Please begin again.",
  state_mismatch: "That answer belongs to another sign-in. Please begin again, in one tab.",
  canceled: "You said no at the provider, so nothing happened.",
  provider_unavailable: "The provider does not answer just now. Please try again in a minute.",
  provider_misconfigured:
    "The provider does not know this Pushline as it is set up here. An admin has to compare pushline.yaml with the client at the provider.",
  provider_refused: "The provider would not say who you are. Please try again.",
  answer_not_trusted: "What the provider answered does not hold, so nobody was signed in.",
  email_not_verified: "The provider has not verified your e-mail address. Verify it there first.",
  domain_not_allowed: "Accounts of your e-mail's domain may not sign in here.",
  organization_not_allowed:
    "Your account is in none of the organizations that may sign in here, or does not show that it is.",
  not_invited:
    "Your account there is fine, but it is not known here. People come in by invitation: ask an admin for a link.",
  invitation_expired: "This invitation does not hold any more. Ask whoever sent it for a new one.",
  account_disabled: "An admin has disabled your account here.",
  identity_taken: "Somebody else's account here signs in with that one already.",
  too_many_requests: "Too many tries. Please wait a few minutes.",
};

/** Why signing in with a provider came to nothing, and what to do about it. */
export function problemWords(code: string): string {
  return code in words
    ? words[code as SignInProblem]
    : "Signing in did not work. Please try again.";
}
