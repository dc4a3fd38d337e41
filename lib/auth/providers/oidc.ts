import * as openid from "openid-client";
import { discovered } from "@/lib/auth/providers/discovery";
import { refusing } from "@/lib/auth/providers/openid-refusal";
import type { Proofs, ProvenIdentity, SignInProvider } from "@/lib/auth/providers/provider";
import { SignInRefusal } from "@/lib/auth/providers/refusal";
import { googleIssuer, type OidcSettings } from "@/lib/config/sign-in";

/**
 * Sign-in by OpenID Connect (openid.net/specs/openid-connect-core-1_0): the code
 * flow with PKCE S256, state and nonce; the ID token's signature is checked even
 * though it comes straight from the provider.
 */
export function oidcProvider(settings: OidcSettings): SignInProvider {
  return {
    authorizeAddress: (proofs) =>
      refusing(async () => {
        const client = await discovered(settings);
        return openid.buildAuthorizationUrl(client, {
          redirect_uri: proofs.redirectAddress,
          response_type: "code",
          scope: settings.scopes.join(" "),
          state: proofs.state,
          nonce: proofs.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(proofs.verifier),
          code_challenge_method: "S256",
        }).href;
      }),
    identify: (proofs, answer) => refusing(() => identify(settings, proofs, answer)),
  };
}

async function identify(
  settings: OidcSettings,
  proofs: Proofs,
  answer: URLSearchParams,
): Promise<ProvenIdentity> {
  const client = await discovered(settings);
  const tokens = await openid.authorizationCodeGrant(
    client,
    new URL(`${proofs.redirectAddress}?${answer}`),
    {
      expectedState: proofs.state,
      expectedNonce: proofs.nonce,
      pkceCodeVerifier: proofs.verifier,
      idTokenExpected: true,
    },
  );
  const claims = tokens.claims();
  if (!claims) throw new SignInRefusal("answer_not_trusted");
  // Many put into the ID token who it is, and leave the rest to be asked for.
  const asked =
    claims.email === undefined && client.serverMetadata().userinfo_endpoint
      ? await openid.fetchUserInfo(client, tokens.access_token, claims.sub)
      : {};
  const told: Claims = { ...asked, ...claims };
  const email = told.email_verified === true ? textOf(told.email) : null;
  refuseForeignDomain(settings.domains, told, email);
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: textOf(told.name) ?? textOf(told.preferred_username) ?? email ?? claims.sub,
    email,
  };
}

type Claims = Record<string, unknown>;

/**
 * Google verifies addresses of every domain for private accounts as well: that
 * an account is the company's own, only `hd` says.
 */
function refuseForeignDomain(
  domains: readonly string[],
  { iss, hd }: Claims,
  email: string | null,
): void {
  if (domains.length === 0) return;
  if (email === null) throw new SignInRefusal("email_not_verified");
  const domain = iss === googleIssuer ? textOf(hd) : email.slice(email.lastIndexOf("@") + 1);
  if (!domain || !domains.includes(domain.toLowerCase()))
    throw new SignInRefusal("domain_not_allowed");
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 254) : null;
}
