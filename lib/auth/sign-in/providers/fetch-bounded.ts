import { SignInRefusal } from "@/lib/auth/sign-in/providers/refusal";

export const timeoutSeconds = 10;
const limitBytes = 1_000_000;

/**
 * Fetch for what a sign-in asks a provider: 10 s in all, no redirects (they would
 * carry the secret along), at most 1 MB of answer. Throws SignInRefusal
 * `provider_unavailable` where no whole answer comes.
 */
export async function fetchBounded(
  address: string,
  { method, headers, body }: BoundedRequest = {},
): Promise<Response> {
  try {
    const answer = await fetch(address, {
      method: method ?? "GET",
      headers: headers ?? {},
      body: body ?? null,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutSeconds * 1_000),
    });
    const bytes = await readBounded(answer);
    const { status, statusText } = answer;
    return new Response(bytes.byteLength > 0 ? bytes : null, {
      status,
      statusText,
      headers: answer.headers,
    });
  } catch {
    throw new SignInRefusal("provider_unavailable");
  }
}

interface BoundedRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams | null;
}

async function readBounded(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (length > limitBytes) throw new Error("The answer is too long.");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
