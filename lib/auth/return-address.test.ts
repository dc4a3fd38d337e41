import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { relativeAddress } from "@/lib/auth/return-address";

describe("a return address", () => {
  it.each([
    "/",
    "/incidents/abc?from=now-1h&zone=Europe%2FBerlin#suspects",
    "/trends?search=100%25",
  ])("keeps the path of a page: %s", (text) => expect(relativeAddress(text)).toBe(text));

  it.each([
    "",
    "incidents",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%2F%2Fevil.example",
    "/%252f/evil.example",
    "/%5cevil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/\t/evil.example",
    "/\r\nSet-Cookie: a=b",
    "/%0d%0aSet-Cookie:%20a=b",
    "\n//evil.example",
    " /ok",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://evil.example/",
    "https:evil.example",
    "/\ud800",
    `/${"a".repeat(1_500)}`,
  ])("leads home instead of to %j", (text) => expect(relativeAddress(text)).toBe("/"));

  it("leads home where none is given", () => {
    expect(relativeAddress(null)).toBe("/");
    expect(relativeAddress(undefined)).toBe("/");
  });

  it("never leaves this origin, however it is written, and stays itself when asked again", () => {
    const part = fc.constantFrom(
      "/",
      "//",
      "\\",
      "%2f",
      "%2F",
      "%5c",
      "%09",
      "%0d%0a",
      "%25",
      "2f",
      "\t",
      "\r\n",
      "\u0000",
      ".",
      "..",
      "@",
      ":",
      "?",
      "#",
      "evil.example",
      "javascript:",
      "http:",
      "https://",
      "a",
      "ü",
      "／",
    );
    const crooked = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(crooked, fc.webUrl(), fc.string(), fc.webPath()), (text) => {
        const address = relativeAddress(text);
        // A second pass as a careless proxy or browser would make it.
        for (const read of [address, decoded(address.split(/[?#]/)[0] ?? "")]) {
          expect(new URL(read, "https://pushline.example").origin).toBe("https://pushline.example");
          expect(read).toMatch(/^\/(?![/\\])/);
        }
        expect(address).not.toMatch(/[\p{Cc}\\]/u);
        expect(relativeAddress(address)).toBe(address);
      }),
      { numRuns: 2_000 },
    );
  });
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
