import { sendFirst } from "@/app/_settings/first-event";
import type { Scope } from "@/lib/auth/actor";
import type { TokenAnswer } from "@/lib/http/settings-answers";

/** What each scope lets its holder do. */
export const scopeSentences: Record<Scope, string> = {
  ingest: "Send events, CloudEvents and measurements.",
  read: "Ask for everything that the pages show, and for /metrics.",
  write: "Judge incidents, correct deployments, replay deliveries.",
  admin: "Everything, setting up included. For automation of the settings alone.",
};

/** Where a token ends, as a person would say it. */
export function reachWords(reach: TokenAnswer["reach"]): string {
  if (reach === null) return "everywhere";
  return `${reach.kind} ${reach.name}`;
}

/** A first request with a new token: an event where it may send, else a question. */
export function firstLine({ scopes }: Pick<TokenAnswer, "scopes">, secret: string, origin: string) {
  if (scopes.some((scope) => scope === "ingest" || scope === "admin"))
    return sendFirst(origin, secret);
  return `curl -H "Authorization: Bearer ${secret}" \\\n  "${origin}/api/v1/deployments?limit=5"`;
}
