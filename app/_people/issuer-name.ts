/** How someone signs in, in words: an issuer is "password" or a provider's address. */
export function issuerName(issuer: string): string {
  if (issuer === "password") return "e-mail and password";
  return URL.canParse(issuer) ? new URL(issuer).host || issuer : issuer;
}
