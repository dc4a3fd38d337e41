import type { ConfigSource } from "@/lib/config";
import type { Settings } from "@/scripts/start/settings";

/** What a person needs once it runs; never a secret. */
export function announcement(
  settings: Pick<Settings, "config" | "configFile">,
  { base, dataPlace, seconds }: { base: string; dataPlace: string; seconds: number },
): string {
  const { sources, tokens } = settings.config;
  const names = tokens.map((token) => `${token.name} (${token.scopes.join(", ")})`);
  const rows: [string, string][] = [
    ["Open", base],
    ...sources.map((source): [string, string] => ["Webhook", webhook(base, source)]),
    ["Events", `${base}/api/v1/events`],
    ["OTLP", `${base}/v1/metrics`],
    [
      "Tokens",
      names.length > 0
        ? names.join(", ")
        : `none yet: add some under tokens in ${settings.configFile}`,
    ],
    ["Data", dataPlace],
  ];
  if (sources.length === 0)
    rows.splice(1, 0, ["Webhooks", `none yet: add some under sources in ${settings.configFile}`]);
  const lines = rows.map(([label, value]) => `  ${label.padEnd(9)} ${value}`);
  return `\nPushline is ready, after ${seconds.toFixed(1)} s. Ctrl-C stops it.\n\n${lines.join("\n")}\n`;
}

/** Said last, where the eye falls: before anybody can sign in, someone has to open this. */
export function setUpInvitation(address: string, file: string): string {
  return `First, set up the first admin: ${address}\n  (once, for 60 minutes; also in ${file})\n`;
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
