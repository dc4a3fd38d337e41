/** Wherever they stand in a name: `X-Gitlab-Token`, `clientSecret`, `DB_PASSWORD`, `x-hub-signature-256`. */
const telling = [
  "password",
  "passwd",
  "passphrase",
  "secret",
  "token",
  "authorization",
  "apikey",
  "accesskey",
  "privatekey",
  "signingkey",
  "encryptionkey",
  "accountkey",
  "credential",
  "cookie",
  "signature",
  "sessionid",
  "bearer",
  "jwt",
  "hmac",
];

/** Too short to be looked for inside other words. */
const whole = new Set(["pwd", "auth", "sig", "pat"]);

/** Whether a header, a member or a variable of this name is likely to hold a secret. */
export function isSecretName(name: string): boolean {
  const plain = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return whole.has(plain) || telling.some((part) => plain.includes(part));
}
