import type { SourceAnswer } from "@/lib/http/settings-answers";
import type { Given } from "@/lib/sources/guide";

/** A source as its steps need it: its address in full, as seen from where this page was read. */
export function givenOf(
  { name, auth, username, header, address }: SourceAnswer,
  origin: string,
  secret: string,
  at: string,
): Given {
  const whole = new URL(address, origin).href;
  return {
    name,
    auth,
    username: username ?? "",
    header: header ?? "",
    address: whole,
    origin: whole.slice(0, whole.lastIndexOf("/api/webhooks/")),
    secret,
    at,
  };
}
