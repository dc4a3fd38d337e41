/** Every refusal of Pushline. `handle` and the server turn it into application/problem+json. */
export class Problem extends Error {
  constructor(
    /** Stable, snake_case; clients switch on it. */
    readonly code: ProblemCode,
    message: string,
    readonly details: {
      /** The offending field, as `events[3].status`. */
      field?: string;
      expected?: string;
      /** The number that was exceeded; the message says of what. */
      limit?: number;
      /** For 429 and 503. */
      retryAfterSeconds?: number;
      /** For refusals of a batch: every bad member. */
      errors?: { index?: number; field: string; expected: string }[];
    } = {},
  ) {
    super(message);
    this.name = "Problem";
  }
}

/** The one table from code to HTTP status. */
export const problemStatuses = {
  bad_request: 400,
  not_decodable: 400,
  invalid_field: 400,
  invalid_event: 400,
  invalid_cursor: 400,
  range_too_large: 400,
  unauthenticated: 401,
  bad_signature: 401,
  wrong_credentials: 401,
  forbidden: 403,
  cross_site: 403,
  /** Nobody can sign in before there is a first admin. */
  set_up_needed: 403,
  not_found: 404,
  unknown_source: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  last_admin: 409,
  name_taken: 409,
  /** What is to be held apart stands alone already. */
  nothing_to_part: 409,
  /** It comes from pushline.yaml, and is changed there. */
  provisioned: 409,
  /** An address for one use was used, withdrawn, or not in time. */
  expired: 410,
  body_too_large: 413,
  address_too_long: 414,
  unsupported_encoding: 415,
  unsupported_media_type: 415,
  too_many_requests: 429,
  headers_too_large: 431,
  internal: 500,
  storage_unavailable: 503,
  /** A provider of sign-in does not answer, or not as one. */
  sign_in_unavailable: 503,
  overloaded: 503,
} as const;
export type ProblemCode = keyof typeof problemStatuses;

const retryableStatuses: readonly number[] = [429, 503];

/** RFC 9457 body, status and headers of a problem. */
export function problemAnswer(problem: Problem): {
  status: number;
  headers: Record<string, string>;
  body: string;
} {
  const status = problemStatuses[problem.code];
  const { retryAfterSeconds, ...details } = problem.details;
  const headers: Record<string, string> = {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  };
  if (retryableStatuses.includes(status)) headers["retry-after"] = String(retryAfterSeconds ?? 1);
  if (status === 401) headers["www-authenticate"] = "Bearer";
  return {
    status,
    headers,
    body: JSON.stringify({
      type: "about:blank",
      title: problem.code.replaceAll("_", " "),
      status,
      code: problem.code,
      detail: problem.message,
      ...details,
    }),
  };
}

/** Anything thrown, as a problem; what is not one is an internal error whose text stays inside. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isStorageTrouble(error))
    return new Problem("storage_unavailable", "The database cannot be reached just now.", {
      retryAfterSeconds: 2,
    });
  return new Problem("internal", "Something went wrong here; the log has the details.");
}

/**
 * Postgres's classes of trouble that passes: 08 connection, 25006 standby, 28 and
 * 3D access, 53 resources, 55 locks, 57 timeouts and shutdown, 58 and XX its own.
 */
const passingStates = /^(08|25006|28|3D|53|55|57|58|XX)/;
const socketErrors = /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOENT|AI_AGAIN)/;
/** What the driver says without a code when a connection broke, hung or could not be had. */
const driverErrors =
  /connection terminated|query read timeout|timeout exceeded when trying to connect|not queryable|end on the pool|driver has already been destroyed/i;

function isStorageTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string"
    ? passingStates.test(code) || socketErrors.test(code)
    : driverErrors.test(error.message);
}
