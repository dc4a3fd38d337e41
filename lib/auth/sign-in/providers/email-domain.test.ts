import { describe, expect, it } from "vitest";
import { refuseForeignDomain } from "@/lib/auth/sign-in/providers/email-domain";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";

const google = "https://accounts.google.com";
const okta = "https://acme.okta.com";

function verdict(issuer: string, email: string | null, hd: string | null, domains = ["acme.com"]) {
  try {
    refuseForeignDomain(domains, { issuer, email, hd });
    return "let in";
  } catch (error) {
    if (error instanceof SignInRefusal) return error.problem;
    throw error;
  }
}

describe("the domains that may sign in", () => {
  it.each([
    [google, "ana@acme.com", "acme.com", "let in"],
    // A second domain of the same Workspace.
    [google, "ana@acme.de", "acme.com", "let in"],
    // A private Google account under the company's address.
    [google, "ana@acme.com", null, "domain_not_allowed"],
    [google, "ana@acme.com", "evil.com", "domain_not_allowed"],
    [google, null, "acme.com", "email_not_verified"],
    [okta, "ana@ACME.com", null, "let in"],
    // Only Google's hd means what it says.
    [okta, "ana@evil.com", "acme.com", "domain_not_allowed"],
    [okta, "ana@sub.acme.com", null, "domain_not_allowed"],
    [okta, null, null, "email_not_verified"],
  ])("%s, %s, hd %s: %s", (issuer, email, hd, expected) => {
    expect(verdict(issuer, email, hd)).toBe(expected);
  });

  it("let everyone in where none are named", () => {
    expect(verdict(okta, null, null, [])).toBe("let in");
  });
});
