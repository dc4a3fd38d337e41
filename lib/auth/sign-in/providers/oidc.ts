import * as openid from "openid-client";
import { discovered } from "@/lib/auth/sign-in/providers/discovery";
import { refuseForeignDomain } from "@/lib/auth/sign-in/providers/email-domain";
import { refusing } from "@/lib/auth/sign-in/providers/openid-refusal";
import type { Proofs, ProvenIdentity, SignInProvider } from "@/lib/auth/sign-in/providers/provider";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { OidcSettings } from "@/lib/config/sign-in";

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
  const told: Record<string, unknown> = { ...asked, ...claims };
  const email = told.email_verified === true ? textOf(told.email) : null;
  refuseForeignDomain(settings.domains, { issuer: claims.iss, hd: textOf(told.hd), email });
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: textOf(told.name) ?? textOf(told.preferred_username) ?? email ?? claims.sub,
    email,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 254) : null;
}
