import type { AuthMode } from "@/lib/config/schema";
import type { Given, Step } from "@/lib/sources/guide";

const words: Record<AuthMode, string> = {
  signature: "a signature",
  bearer: "a bearer token",
  basic: "basic auth",
  header: "a header",
  path: "a key in the address",
};

/** A warning where the source wants a proof that the provider has no form for; else nothing. */
export function notOffered(
  { auth }: Pick<Given, "auth">,
  provider: string,
  offered: readonly AuthMode[],
): Step[] {
  if (offered.includes(auth)) return [];
  const others = offered.map((each) => words[each]).join(" or ");
  return [
    {
      text: `${provider} itself cannot prove itself by ${words[auth]}, only by ${others}: change the source, or let a proxy in between add it.`,
    },
  ];
}
