import type { Config, ConfigSource } from "@/lib/config";
import { isLoopbackAddress, isLoopbackBase } from "@/lib/http/loopback";
import type { Settings } from "@/scripts/start/settings";

/** What a person needs once it runs, whether the file or settings name it; never a secret. */
export function announcement(
  { sources, tokens }: Pick<Config, "sources" | "tokens">,
  { base, dataPlace, seconds }: { base: string; dataPlace: string; seconds: number },
): string {
  const names = tokens.map((token) => `${token.name} (${token.scopes.join(", ")})`);
  const rows: [string, string][] = [
    ["Open", base],
    ...sources.map((source): [string, string] => ["Webhook", webhook(base, source)]),
    ["Events", `${base}/api/v1/events`],
    ["OTLP", `${base}/v1/metrics`],
    ["Tokens", names.length > 0 ? names.join(", ") : "none yet: add one under Settings → Tokens"],
    ["Data", dataPlace],
  ];
  if (sources.length === 0)
    rows.splice(1, 0, ["Webhooks", "none yet: add one under Settings → Sources"]);
  const lines = rows.map(([label, value]) => `  ${label.padEnd(9)} ${value}`);
  return `\nPushline is ready, after ${seconds.toFixed(1)} s. Ctrl-C stops it.\n\n${lines.join("\n")}\n`;
}

/** Said last, where the eye falls: before anybody can sign in, someone has to open this. */
export function setUpInvitation(address: string, file: string): string {
  return `First, set up the first admin: ${address}\n  (once, for 60 minutes; also in ${file})\n`;
}

/** What an operator has to know of how open this instance is. */
export function warnings({
  host,
  baseUrl,
  withoutSignIn,
  trustedProxies,
}: Pick<Settings, "host" | "baseUrl" | "withoutSignIn" | "trustedProxies">): string[] {
  const said: string[] = [];
  if (withoutSignIn)
    said.push(
      "WITHOUT SIGN-IN: whoever can open a connection on this machine may look at everything and change it.\n  Right for a demo, and for nothing else.\n",
    );
  if (!isLoopbackAddress(host) && baseUrl?.startsWith("http:"))
    said.push(
      `WARNING: ${baseUrl} is plain HTTP on an address that others reach: passwords, tokens and sessions travel in the clear.\n  Put a proxy with TLS before it, and set PUSHLINE_BASE_URL to its https:// address.\n`,
    );
  if (isLoopbackAddress(host) && !isLoopbackBase(baseUrl) && trustedProxies === null)
    said.push(
      `WARNING: people reach ${baseUrl} through a proxy on this machine, and all of them look like this machine: no address is held back for guessing, and the audit names none.\n  Set PUSHLINE_TRUSTED_PROXIES=127.0.0.1,::1 and have the proxy set X-Forwarded-For.\n`,
    );
  return said;
}

/** Where this machine reaches what listens on `host`; all of its addresses include loopback. */
export function localAddress(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

function webhook(base: string, source: ConfigSource): string {
  const path = `${base}/api/webhooks/${source.name}`;
  return source.auth === "path"
    ? `${path}/<its token>  (${source.provider})`
    : `${path}  (${source.provider}, ${source.auth})`;
}
