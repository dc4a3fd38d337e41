import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Problem } from "@/lib/http/problem";
import { TokenGuesses } from "@/lib/limits/token-guesses";

const start = new Date("2026-03-01T12:00:00Z");
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const hashOf = (text: string) => createHash("sha256").update(text).digest();

function guesser(baseUrl: string | null = null) {
  const guesses = new TokenGuesses();
  const attempt = (address: string, token: string | null, secret: string, now: Date) => {
    try {
      guesses.judge({ address, baseUrl }, { token, hash: hashOf(secret) }, now);
      return "heard";
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error;
    }
  };
  return {
    right: (address: string, token: string, now = start) => attempt(address, token, token, now),
    wrong: (address: string, secret: string, now = start) => attempt(address, null, secret, now),
    guess(address: string, times: number, now = start) {
      for (let index = 0; index < times; index += 1) attempt(address, null, `guess-${index}`, now);
    },
  };
}

describe("guesses at tokens", () => {
  it("429 after 30 different ones of an address in 5 minutes, for a right one as for a wrong", () => {
    const { guess, wrong, right } = guesser();
    guess("9.9.9.9", 29);
    expect(wrong("9.9.9.9", "one more")).toBe("heard");
    for (const refused of [wrong("9.9.9.9", "again"), right("9.9.9.9", "pipeline")])
      expect(refused).toMatchObject({
        code: "too_many_requests",
        message: expect.stringContaining("30 tokens within 5 minutes"),
        details: { limit: 30, retryAfterSeconds: 300 },
      });
    expect(right("8.8.8.8", "pipeline")).toBe("heard");
  });

  it("end with their 5 minutes", () => {
    const { guess, right } = guesser();
    guess("9.9.9.9", 40);
    expect(right("9.9.9.9", "pipeline", later(4.9))).toMatchObject({
      details: { retryAfterSeconds: 6 },
    });
    expect(right("9.9.9.9", "pipeline", later(5))).toBe("heard");
  });

  it("do not silence a token that this address has used well", () => {
    const { guess, right } = guesser();
    right("9.9.9.9", "pipeline");
    guess("9.9.9.9", 100);
    expect(right("9.9.9.9", "pipeline")).toBe("heard");
    expect(right("9.9.9.9", "another")).toMatchObject({ code: "too_many_requests" });
  });

  it("are none when a sender goes on with its one revoked token", () => {
    const { wrong, right } = guesser();
    for (let times = 0; times < 1_000; times += 1) wrong("9.9.9.9", "revoked");
    expect(right("9.9.9.9", "pipeline")).toBe("heard");
  });

  it("are counted of this machine only while it alone reaches us, and no proxy of it that nobody named", () => {
    for (const baseUrl of [null, "http://localhost:3000"]) {
      const { guess, right } = guesser(baseUrl);
      guess("127.0.0.1", 30);
      expect(right("127.0.0.1", "pipeline")).toMatchObject({ code: "too_many_requests" });
    }
    const { guess, right } = guesser("https://pushline.example.com");
    for (const address of ["127.0.0.1", "::1", "9.9.9.9"]) guess(address, 100);
    expect(right("127.0.0.1", "pipeline")).toBe("heard");
    expect(right("::1", "pipeline")).toBe("heard");
    expect(right("9.9.9.9", "pipeline")).toMatchObject({ code: "too_many_requests" });
  });

  it("are counted together from all addresses of an IPv6 network", () => {
    const { wrong, right } = guesser();
    for (let host = 1; host <= 30; host += 1) wrong(`2001:db8::${host.toString(16)}`, `g${host}`);
    expect(right("2001:db8::ffff", "pipeline")).toMatchObject({ code: "too_many_requests" });
  });
});
