import { describe, expect, it } from "vitest";
import { maskBody } from "@/lib/ingest/mask";

/** As much as a page shows. Were any of this quadratic, each test would take minutes. */
const bytes = 256 * 1024;
const secondsAtMost = 20;
/** More than an instance of a hundred teams has, all of one beginning. */
const secrets = Array.from({ length: 100 }, (_, index) => `common-beginning-${index}`);

const canary = "common-beginning-42";
const mask = (text: string) => maskBody(Buffer.from(text), { secrets, isCut: true }).text;
/** That it was masked to its end, and not given up. */
function expectMasked(body: string): void {
  const masked = mask(body);
  expect(body).toContain(canary);
  expect(masked).not.toBe("");
  expect(masked.includes(canary)).toBe(false);
}
const fill = (seed: string) => seed.repeat(Math.ceil(bytes / seed.length)).slice(0, bytes);

describe("256 KiB are masked in a moment", () => {
  it.each([
    ...["pl_", "ghp_", "github_pat_", "glpat-", "glaa-a.", "xoxb-", "AKIA", "rk_live_", "npm_"],
    ...[
      "eyJ-",
      "eyJ",
      "-eyJ",
      "eyJaaaaaaaa",
      "eyJaaaaaaaa.",
      "eyJ-.aaaaaaaa.",
      "a-",
      "AIza",
      "whsec_",
    ],
    ...["-----BEGIN ", "-----BEGIN A PRIVATE KEY-----", "-----END ", "hooks.slack.com/services/"],
    ...["Bearer ", "basic   a", "a://", "://", "a://b:", "http://a@", "a.-+", "@", "//"],
    ...["a", "aa=", "aa:", "aa: ", "aa = '", '"aa', "'aa' ", "aa:,", "password=", "- aa", "-", "."],
    ...["<aa", "<aa ", "<aa><", "< ", "<aa  a>", "a&", "a=b&", "a=b=c&", "%", "+", "&"],
    ...[" ", "\t", "\n", "\r\n", " \n", "\u2028", "é", "aa \t", "common-beginning-", "common-"],
    ...["\\", '"', '\\"', '\\\\"', '"\\u', "[", "]", "{", "}", ",", "1 "],
    ...['{"a":', '{"a":[', '"a":'],
    ...['{"name":"a","value":1},', "[]", '"",', '"a=b&c",', "\\u0000"],
  ])(
    "of %j",
    (seed) => {
      const text = fill(seed);
      expectMasked(`${text}! ${canary}`);
      expectMasked(`{"a":${text} ${canary}`);
      expectMasked(JSON.stringify([text, canary]));
    },
    secondsAtMost * 1_000,
  );

  const long = "n".repeat(bytes / 2);
  it.each([
    ["lists", `{"${long}":${"[]".repeat(bytes / 4)}`],
    ["values without commas", `{"${long}":${"1 ".repeat(bytes / 4)}`],
    ["values that it names", `{"name":"${long}"${',"value":1'.repeat(bytes / 20)}}`],
    ["an object's members", `{"${long}":{${'"a":1,'.repeat(bytes / 12)}}`],
  ])(
    "of a long name over %s",
    (_name, body) => expectMasked(`${body} ${canary}`),
    secondsAtMost * 1_000,
  );
});
