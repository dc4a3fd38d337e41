import type { Site } from "@/lib/context";
import { isLoopbackHost } from "@/lib/http/loopback";
import { Problem } from "@/lib/http/problem";

/**
 * Where a provider leads back to; it has to be registered there, letter by letter.
 * A Host that the request names is believed only where it is this very machine.
 * Throws `bad_request`.
 */
export function redirectAddress({ baseUrl }: Site, headers: Headers, provider: string): string {
  return `${baseUrl?.replace(/\/+$/, "") ?? loopbackBase(headers)}/api/v1/sign-in/${provider}/callback`;
}

function loopbackBase(headers: Headers): string {
  const host = headers.get("host") ?? "";
  if (isLoopbackHost(host)) return `http://${host}`;
  throw new Problem(
    "bad_request",
    "Set PUSHLINE_BASE_URL to the address at which people reach Pushline: a provider of sign-in has to lead back there.",
  );
}
