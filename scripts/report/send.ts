export type Outcome =
  | { kind: "stored"; answer: string }
  | { kind: "refused"; status: number; detail: string }
  | { kind: "unreachable"; why: string };

interface Message {
  address: string;
  token: string;
  type: string;
  body: Uint8Array;
}

const triesAtMost = 6;
const timeoutMilliseconds = 30_000;
const longestWaitSeconds = 60;

/**
 * Posts it, and again where the network, 429 or 5xx are in the way: after 1, 2, 4, 8 and
 * 16 seconds, or what Retry-After says. Sending twice is safe, the same content is a
 * duplicate. `pause` is told for how many seconds and why, and waits.
 */
export async function send(
  message: Message,
  pause: (waitSeconds: number, why: string) => Promise<unknown>,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await attemptOnce(message);
    if (tried.kind !== "later") return tried;
    if (attempt === triesAtMost) return { kind: "unreachable", why: tried.why };
    await pause(Math.min(tried.waitSeconds ?? 2 ** (attempt - 1), longestWaitSeconds), tried.why);
  }
}

type Later = { kind: "later"; why: string; waitSeconds: number | null };

async function attemptOnce({ address, token, type, body }: Message): Promise<Outcome | Later> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": type },
      body: Buffer.from(body),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    const answer = await response.text();
    if (response.ok) return { kind: "stored", answer };
    const detail = detailIn(answer);
    if (response.status === 429 || response.status >= 500)
      return {
        kind: "later",
        why: `${response.status}: ${detail}`,
        waitSeconds: waitIn(response.headers.get("retry-after")),
      };
    return { kind: "refused", status: response.status, detail };
  } catch (error) {
    return { kind: "later", why: reasonOf(error), waitSeconds: null };
  }
}

function detailIn(answer: string): string {
  try {
    const { detail } = JSON.parse(answer) as { detail?: unknown };
    if (typeof detail === "string") return detail;
  } catch {
    // Whatever answered, it was not Pushline; its own words say more.
  }
  return answer.slice(0, 300) || "no reason given";
}

function waitIn(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
