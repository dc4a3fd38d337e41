import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import { googleIssuer } from "@/lib/config/sign-in";

/**
 * Holds an identity against the domains that may sign in; none named: all may.
 * Google verifies addresses of every domain for private accounts as well, so that
 * an account is the company's own only `hd` says (developers.google.com/identity,
 * "hd"). Throws SignInRefusal `email_not_verified`, `domain_not_allowed`.
 */
export function refuseForeignDomain(
  domains: readonly string[],
  { issuer, hd, email }: { issuer: string; hd: string | null; email: string | null },
): void {
  if (domains.length === 0) return;
  if (email === null) throw new SignInRefusal("email_not_verified");
  const domain = issuer === googleIssuer ? hd : email.slice(email.lastIndexOf("@") + 1);
  if (!domain || !domains.includes(domain.toLowerCase()))
    throw new SignInRefusal("domain_not_allowed");
}
