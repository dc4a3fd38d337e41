import { addressOf, type Search } from "@/app/_query/address";

/** What application/problem+json said, or that nobody answered (`unreachable`). */
export class AnswerProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly more: {
      /** What single fields should have been. */
      fields?: readonly FieldProblem[];
      /** For 429 and 503. */
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message);
    this.name = "AnswerProblem";
  }

  get fields(): readonly FieldProblem[] {
    return this.more.fields ?? [];
  }
}

/** The session that asked holds no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof AnswerProblem && error.code === signedOut;
}

const signedOut = "unauthenticated";
/** What the API says of it is meant for programs. */
const ended = "Your session has ended.";

interface FieldProblem {
  field: string;
  expected: string;
}

export function getAnswer<Answer>(
  path: string,
  search: Search = {},
  signal?: AbortSignal,
): Promise<Answer> {
  return ask<Answer>(addressOf(path, search), { signal });
}

export function putAnswer<Answer>(path: string, body: unknown): Promise<Answer> {
  return send<Answer>("PUT", path, body);
}

/** Puts what is not there yet; a name that is taken is refused at its field. */
export function putNew<Answer>(path: string, body: unknown): Promise<Answer> {
  return send<Answer>("PUT", path, body, { "if-none-match": "*" });
}

export function postAnswer<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return send<Answer>("POST", path, body);
}

export function deleteAnswer<Answer>(path: string): Promise<Answer> {
  return ask<Answer>(path, { method: "DELETE" });
}

function send<Answer>(
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return ask<Answer>(path, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function ask<Answer>(address: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(address, { credentials: "same-origin", ...request }).catch(
    (error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new AnswerProblem("unreachable", 0, "Pushline does not answer just now.");
    },
  );
  const text = await response.text();
  if (!response.ok) throw problemOf(response, text);
  return (text === "" ? null : JSON.parse(text)) as Answer;
}

function problemOf({ status, headers }: Response, text: string): AnswerProblem {
  try {
    const { code, detail, errors, field, expected } = JSON.parse(text) as ProblemDocument;
    if (typeof code === "string")
      return new AnswerProblem(code, status, code === signedOut ? ended : (detail ?? code), {
        // What is said of a single field in a sentence says it better than what was expected.
        fields: errors ?? (field ? [{ field, expected: detail ?? expected ?? code }] : []),
        retryAfterSeconds: Number(headers.get("retry-after")) || undefined,
      });
  } catch {
    // Not a problem document: a proxy in between answered.
  }
  return new AnswerProblem(`http_${status}`, status, `The answer was HTTP ${status}.`);
}

/** As lib/http/problem.ts writes it. */
interface ProblemDocument extends Partial<FieldProblem> {
  code?: unknown;
  detail?: string;
  errors?: FieldProblem[];
}
