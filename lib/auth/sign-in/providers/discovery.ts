import * as openid from "openid-client";
import { fetchBounded, timeoutSeconds } from "@/lib/auth/sign-in/providers/fetch-bounded";
import { refusing } from "@/lib/auth/sign-in/providers/openid-refusal";
import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";
import type { OidcSettings } from "@/lib/config/sign-in";

const keptMilliseconds = 3_600_000;
/** A second try is for what broke at once; whoever waited ten seconds waits no ten more. */
const retryMilliseconds = 1_000;

interface Kept {
  client: Promise<openid.Configuration>;
  until: number;
}
const kept = new Map<string, Kept>();

/**
 * A client for this provider as its discovery document describes it, asked for
 * once an hour. Throws SignInRefusal: `provider_unavailable`, or
 * `provider_misconfigured` where there is no such issuer at this address.
 */
export function discovered(settings: OidcSettings): Promise<openid.Configuration> {
  const key = JSON.stringify([settings.issuer, settings.clientId, settings.clientSecret]);
  const now = performance.now();
  const found = kept.get(key);
  if (found && found.until > now) return found.client;
  const client = discover(settings).catch((error) => {
    if (performance.now() - now > retryMilliseconds) throw error;
    return discover(settings);
  });
  const entry = { client, until: now + keptMilliseconds };
  kept.set(key, entry);
  // What failed is asked for again the next time.
  client.catch(() => kept.get(key) === entry && kept.delete(key));
  return client;
}

async function discover(settings: OidcSettings): Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  // The settings let http:// through only on this machine.
  const inTheClear = new URL(issuer).protocol === "http:" ? [openid.allowInsecureRequests] : [];
  const server = await describe(issuer, inTheClear);
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const proof = methods.includes("client_secret_basic")
    ? openid.ClientSecretBasic(clientSecret)
    : openid.ClientSecretPost(clientSecret);
  const client = new openid.Configuration(server, clientId, undefined, proof);
  client[openid.customFetch] = ask;
  client.timeout = timeoutSeconds;
  for (const extension of [openid.enableNonRepudiationChecks, ...inTheClear]) extension(client);
  return client;
}

async function describe(
  issuer: string,
  execute: NonNullable<openid.DiscoveryRequestOptions["execute"]>,
): Promise<Readonly<openid.ServerMetadata>> {
  const options = { timeout: timeoutSeconds, [openid.customFetch]: ask, execute };
  try {
    const found = await refusing(() =>
      openid.discovery(new URL(issuer), "unused", undefined, openid.None(), options),
    );
    return found.serverMetadata();
  } catch (error) {
    const isAway = !(error instanceof SignInRefusal) || error.problem === "provider_unavailable";
    throw isAway ? error : new SignInRefusal("provider_misconfigured");
  }
}

/** Of bodies the library sends forms alone. */
const ask: openid.CustomFetch = (address, { method, headers, body }) =>
  fetchBounded(address, { method, headers, body: body instanceof URLSearchParams ? body : null });
