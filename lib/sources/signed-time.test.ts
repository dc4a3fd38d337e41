import { describe, expect, it } from "vitest";
import { hmacHex } from "@/lib/sources/hmac";
import { providers } from "@/lib/sources/registry";
import { signMessage } from "@/lib/sources/signed-message";

const secret = "whsec_c2VjcmV0LW9mLW9uZQ==";
const body = Buffer.from('{"is":"signed"}');
const receivedAt = new Date("2026-11-21T12:00:00Z");

const message = (timestamp: string) => {
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": timestamp };
  return { ...headers, ...signMessage(body, secret, headers) };
};

/** What each provider that signs a time sends with it. */
const signedTimes: Record<string, (timestamp: string) => Record<string, string>> = {
  buildkite: (timestamp) => ({
    "x-buildkite-signature": `timestamp=${timestamp},signature=${hmacHex(Buffer.from(`${timestamp}.${body}`), secret)}`,
  }),
  gitlab: message,
  grafana: (timestamp) => ({
    "x-grafana-alerting-timestamp": timestamp,
    "x-grafana-alerting-signature": hmacHex(Buffer.from(`${timestamp}:${body}`), secret),
  }),
  incidentio: message,
  "standard-webhooks": message,
};

/** A replay of theirs is harmless by the delivery's id and the facts' natural keys. */
const signTheBodyAlone = [
  "bitbucket",
  "bitbucket-server",
  "circleci",
  "firehydrant",
  "flagsmith",
  "flux",
  "gitea",
  "github",
  "harness",
  "heroku",
  "jira",
  "launchdarkly",
  "netlify",
  "pagerduty",
  "pelorus",
  "sentry",
  "vercel",
];

describe("a signed time", () => {
  it("is known of every provider that signs: who signs one proves it here", () => {
    const signing = providers.filter(({ verify }) => verify).map(({ name }) => name);
    expect(signing.sort()).toEqual([...Object.keys(signedTimes), ...signTheBodyAlone].sort());
  });

  it.each(Object.entries(signedTimes))("of %s holds for five minutes either way", (name, prove) => {
    const provider = providers.find((one) => one.name === name);
    const isProved = (minutes: number) => {
      const timestamp = String(receivedAt.getTime() / 1000 + minutes * 60);
      return provider?.verify?.({ headers: prove(timestamp), body, receivedAt }, secret);
    };
    expect([-6, -4, 0, 4, 6].map(isProved)).toEqual([false, true, true, true, false]);
  });
});
