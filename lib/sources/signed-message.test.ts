import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSignedMessage } from "@/lib/sources/signed-message";

/** The vectors of standard-webhooks/standard-webhooks: libraries/go/webhook_test.go and the Java library's scenarios. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = Buffer.from('{"test": 2432232314}');
const right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
const timestamp = 1_614_265_330;

const signed = (
  signature: string,
  { after = 0, key = secret, bytes = body, headers = {} as Record<string, string> } = {},
) =>
  isSignedMessage(
    {
      headers: {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signature,
        ...headers,
      },
      body: bytes,
      receivedAt: new Date((timestamp + after) * 1000),
    },
    key,
  );

describe("a message signed by Standard Webhooks", () => {
  it("the published vectors pass: alone, among others, and by the secret without its prefix", () => {
    expect(signed(right)).toBe(true);
    expect(signed(`${wrong} v2,${wrong.slice(3)} ${right} ${wrong}`)).toBe(true);
    expect(signed(right, { key: secret.slice("whsec_".length) })).toBe(true);
  });

  it.each([wrong, right.replace("v1", "v2"), "v1,", "", right.slice(3), "v1,AAAA"])(
    "%s does not",
    (signature) => {
      expect(signed(signature)).toBe(false);
    },
  );

  it("is over these bytes, this id and this time", () => {
    expect(signed(right, { bytes: Buffer.from('{"test":2432232314}') })).toBe(false);
    expect(signed(right, { headers: { "webhook-id": "msg_other" } })).toBe(false);
    expect(signed(right, { headers: { "webhook-timestamp": String(timestamp + 1) } })).toBe(false);
  });

  it.each([
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ])("received %i s after its timestamp: %s", (after, expected) => {
    expect(signed(right, { after })).toBe(expected);
  });

  it("without an id, a time or a key nothing is proved", () => {
    const without: Record<string, string>[] = [
      { "webhook-id": "" },
      { "webhook-timestamp": "soon" },
    ];
    for (const headers of without) expect(signed(right, { headers })).toBe(false);
    for (const key of ["", "whsec_", "§§"]) {
      const forged = createHmac("sha256", "")
        .update(`msg_p5jXN8AQM9LWM0D4loKWxJek.${timestamp}.${body}`)
        .digest("base64");
      expect(signed(`v1,${forged}`, { key })).toBe(false);
    }
  });
});
