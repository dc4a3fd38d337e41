import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const cookieName = "pushline_page";

/**
 * The cookie a page hands its browser, so that the page's own reads and verdicts
 * work until there is sign-in. HttpOnly and same-site; signed, so that only a
 * browser that was served a page by this instance has one.
 */
export function pageCookie(key: Uint8Array): string {
  const nonce = randomBytes(16).toString("base64url");
  return `${cookieName}=${nonce}.${sign(key, nonce)}; Path=/; HttpOnly; SameSite=Strict`;
}

export function verifyPageCookie(key: Uint8Array, header: string | null): boolean {
  const value = header
    ?.split(/; */)
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  const [nonce = "", signature = ""] = value?.split(".") ?? [];
  const expected = Buffer.from(sign(key, nonce));
  const given = Buffer.from(signature);
  return nonce !== "" && given.length === expected.length && timingSafeEqual(given, expected);
}

function sign(key: Uint8Array, nonce: string): string {
  return createHmac("sha256", key).update(`page ${nonce}`).digest("base64url");
}
