import { Problem } from "@/lib/http/problem";
import { pinHost, type Resolver, systemResolver } from "@/lib/outbound/pin-host";
import { isPrivateAddress } from "@/lib/outbound/private-address";

/**
 * Throws `invalid_field` for an API's address to which a token would go unencrypted over
 * networks of others: plain http to what is neither loopback nor private. A name that
 * cannot be resolved now is looked at again before every question.
 */
export async function refusePlainAddress(
  api: string,
  resolver: Resolver = systemResolver,
): Promise<void> {
  const { protocol, hostname } = new URL(api);
  if (protocol === "https:") return;
  const pinned = await pinHost(hostname, resolver).catch(() => []);
  if (pinned.every(({ address }) => isPrivateAddress(address))) return;
  throw new Problem(
    "invalid_field",
    "A token is not sent over plain http to an address outside of your own network.",
    { field: "api", expected: "an address that begins with https://" },
  );
}
