/** Why an outside address gave no answer; the text holds neither credentials nor the address. */
export class OutboundProblem extends Error {
  constructor(
    readonly code: OutboundCode,
    message: string,
  ) {
    super(message);
    this.name = "OutboundProblem";
  }
}

export type OutboundCode =
  | "not_http"
  | "address_refused"
  | "not_resolved"
  | "not_reached"
  | "not_trusted"
  | "not_encrypted"
  | "timed_out"
  | "redirected"
  | "too_large"
  | "unsupported_encoding"
  | "malformed"
  | "refused"
  | "too_many_series"
  | "too_many_points";
