import { addressOf, type Search } from "@/app/_query/address";

/** What application/problem+json said, or that nobody answered (`unreachable`). */
export class AnswerProblem extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = "AnswerProblem";
  }
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

export function postAnswer<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return send<Answer>("POST", path, body);
}

export function deleteAnswer<Answer>(path: string): Promise<Answer> {
  return ask<Answer>(path, { method: "DELETE" });
}

function send<Answer>(method: string, path: string, body: unknown): Promise<Answer> {
  return ask<Answer>(path, {
    method,
    headers: { "content-type": "application/json" },
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
  if (!response.ok) throw problemOf(response.status, text);
  return (text === "" ? null : JSON.parse(text)) as Answer;
}

function problemOf(status: number, text: string): AnswerProblem {
  try {
    const problem = JSON.parse(text) as { code?: unknown; detail?: unknown };
    if (typeof problem.code === "string")
      return new AnswerProblem(problem.code, status, String(problem.detail ?? problem.code));
  } catch {
    // Not a problem document: a proxy in between answered.
  }
  return new AnswerProblem(`http_${status}`, status, `The answer was HTTP ${status}.`);
}
