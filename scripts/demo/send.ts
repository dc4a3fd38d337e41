import { setTimeout as pause } from "node:timers/promises";
import type { DemoRequest } from "@/scripts/demo/requests";

/** What the person at the terminal is told, without a stack. */
export class DemoError extends Error {}

export interface Target {
  url: string;
  /** Requests under way at once, and so connections. */
  connections: number;
  /** Between attempts; real time unless a test keeps its own. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

const attempts = 10;
/** A limit frees a little for each of many connections at a time, and holds for nobody for ever. */
const attemptsAtLimit = 100;
const longestWaitSeconds = 30;

/** Sends everything, at most `connections` at once; throws at the first refusal that waiting does not mend. */
export async function sendAll(
  target: Target,
  requests: Iterable<DemoRequest>,
  onSent: () => void = () => {},
): Promise<void> {
  const queue = requests[Symbol.iterator]();
  let failure: unknown = null;
  const work = async () => {
    for (let next = queue.next(); !next.done && !failure; next = queue.next()) {
      try {
        await sendOne(target, next.value);
        onSent();
      } catch (error) {
        failure ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: target.connections }, work));
  if (failure) throw failure;
}

/** One request until it is taken: 429 and 503 say how long to wait. */
export async function sendOne(target: Target, request: DemoRequest): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const answer = await post(target, request, attempt);
    if (answer === null) continue;
    if (answer.ok) return answer.json().catch(() => null);
    const text = await answer.text();
    if (answer.status !== 429 && answer.status !== 503)
      throw refusal(target, request, answer.status, text);
    if (attempt >= (answer.status === 429 ? attemptsAtLimit : attempts))
      throw new DemoError(
        `${target.url} still answers ${answer.status} after ${attempt} attempts.`,
      );
    const asked = Number(answer.headers.get("retry-after"));
    await (target.wait ?? pause)(1000 * Math.min(longestWaitSeconds, asked > 0 ? asked : attempt));
  }
}

/** null when the connection broke and another attempt is worth it. */
async function post(
  target: Target,
  request: DemoRequest,
  attempt: number,
): Promise<Response | null> {
  try {
    return await fetch(new URL(request.path, target.url), {
      method: "POST",
      headers: request.headers,
      body: typeof request.body === "string" ? request.body : new Uint8Array(request.body),
      signal: AbortSignal.timeout(60_000),
    });
  } catch (error) {
    if (attempt >= 5) throw unreachable(target, error);
    await (target.wait ?? pause)(200 * 2 ** attempt);
    return null;
  }
}

export function unreachable(target: Target, error: unknown): DemoError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new DemoError(
    `Nothing answers at ${target.url} (${why}).\n` +
      "Start an instance with the demo's configuration, then run this again:\n\n" +
      "  PUSHLINE_CONFIG=scripts/demo/pushline.yaml npm start\n",
  );
}

function refusal(target: Target, request: DemoRequest, status: number, text: string): DemoError {
  const configuration =
    "Start the instance with PUSHLINE_CONFIG=scripts/demo/pushline.yaml, or put into its pushline.yaml";
  if (status === 401 && request.path.startsWith("/api/webhooks/"))
    return new DemoError(
      `${target.url} refuses the demo's signature at ${request.path} (401).\n` +
        `${configuration} the sources of scripts/demo/pushline.yaml with their secrets.`,
    );
  if (status === 401 || status === 403)
    return new DemoError(
      `${target.url} refuses the token at ${request.path} (${status}).\n` +
        `${configuration} the token of scripts/demo/pushline.yaml, or say another with --token or PUSHLINE_TOKEN;\n` +
        "it needs the scopes ingest and read.",
    );
  if (status === 404)
    return new DemoError(
      `${target.url} does not know ${request.path} (404).\n${configuration} the sources of scripts/demo/pushline.yaml.`,
    );
  return new DemoError(
    `${target.url} refused ${request.path} with ${status}: ${text.slice(0, 500)}`,
  );
}
