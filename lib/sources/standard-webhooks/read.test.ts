import { describe, expect, it } from "vitest";
import { firstDeployment } from "@/lib/sources/native/first-deployment";
import { standardWebhooks } from "@/lib/sources/standard-webhooks";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

const read = (json: unknown, headers: Record<string, string> = {}) =>
  standardWebhooks.read({
    source: "mine",
    headers,
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });

describe("a body", () => {
  it("of no type is ignored", () => {
    expect(standardWebhooks.read(deliveryOf("standard-webhooks", "test.1.json"))).toMatchObject({
      outcome: "ignored",
      event: "unknown",
    });
  });

  it("that is a native event, or carries one as its data, is read as that", () => {
    const { type, ...data } = firstDeployment;
    const [bare] = statementsOf(read(firstDeployment));
    expect(bare).toMatchObject({ noun: "deployment", key: "mine/first" });
    const timestamp = "2026-01-01T00:00:00Z";
    for (const enveloped of [
      { type: "deployment", timestamp, data: firstDeployment },
      { type: "dev.pushline.deployment", timestamp, data },
    ])
      expect(statementsOf(read(enveloped))).toEqual([bare]);
  });

  it("of another type is ignored, by its name", () => {
    expect(read({ type: "user.created", data: {} })).toMatchObject({
      outcome: "ignored",
      event: "user.created",
    });
  });

  it("that names no time takes its receipt: the attempt's timestamp is not the event's", () => {
    expect(
      statementsOf(read(firstDeployment, { "webhook-timestamp": "1614265330" })),
    ).toMatchObject([{ asOf: receivedAt.toISOString(), timeFromReceipt: true }]);
  });
});

describe("the published delivery", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const { headers, body } = deliveryOf("standard-webhooks", "test.1.json");
  const unended = Buffer.from(Buffer.from(body).toString().trimEnd());
  const attemptedAt = new Date(1_614_265_330_000);
  const verified = (signature: string, at = attemptedAt, bytes: Uint8Array = unended) =>
    standardWebhooks.verify?.(
      {
        headers: { ...headers, "webhook-signature": signature },
        body: bytes,
        receivedAt: at,
      },
      secret,
    );
  const right = headers["webhook-signature"] ?? "";

  it("is verified without the newline that ends its file", () => {
    expect(verified(right)).toBe(true);
    expect(verified(right, attemptedAt, Buffer.from(`${unended}\n`))).toBe(false);
  });

  it("may carry several signatures during a rotation: one match is enough", () => {
    const wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    expect(verified(`${wrong} ${right}`)).toBe(true);
    expect(verified(wrong)).toBe(false);
  });

  it("is refused long after its attempt", () => {
    expect(verified(right, receivedAt)).toBe(false);
  });

  it("is what is signed here too", () => {
    const { "webhook-signature": _published, ...unsigned } = headers;
    expect(standardWebhooks.sign?.(unended, secret, unsigned)).toEqual({
      "webhook-signature": right,
    });
  });

  it("is the same on every retry, by its id", () => {
    expect(standardWebhooks.deliveryId({ headers, body, receivedAt })).toBe(headers["webhook-id"]);
  });
});
