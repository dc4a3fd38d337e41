/** Who someone is, as a provider proved it. */
export interface ProvenIdentity {
  issuer: string;
  subject: string;
  name: string;
  /** Only one that the provider says is theirs; else null. */
  email: string | null;
}

/** What one sign-in keeps to itself between its beginning and its end. */
export interface Proofs {
  state: string;
  nonce: string;
  /** PKCE's (RFC 7636). */
  verifier: string;
  /** Where the provider leads back to. */
  redirectAddress: string;
}

export interface SignInProvider {
  /** Where the browser goes to sign in. Throws SignInRefusal. */
  authorizeAddress(proofs: Proofs): Promise<string>;
  /** Who came back with this answer. Throws SignInRefusal. */
  identify(proofs: Proofs, answer: URLSearchParams): Promise<ProvenIdentity>;
}
