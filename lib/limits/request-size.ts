import type { IncomingMessage } from "node:http";
import { Problem } from "@/lib/http/problem";

const addressCharactersAtMost = 8_000;
const headersAtMost = 100;
/** Of the JSON API; deliveries may be larger. */
const jsonBytesAtMost = 1_000_000;

/** The bytes of all headers together; Node refuses more by itself. */
export const headBytesAtMost = 16_384;

/** Throws `address_too_long` and `headers_too_large`. */
export function refuseLargeHead({ url = "", rawHeaders }: IncomingMessage): void {
  if (url.length > addressCharactersAtMost)
    throw new Problem(
      "address_too_long",
      `An address here has ${addressCharactersAtMost} characters at most.`,
      { limit: addressCharactersAtMost },
    );
  if (rawHeaders.length > 2 * headersAtMost)
    throw new Problem("headers_too_large", `A request here has ${headersAtMost} headers at most.`, {
      limit: headersAtMost,
    });
}

/** What the sender says it will send is refused before it does. Throws `body_too_large`. */
export function refuseLargeBody({ headers }: IncomingMessage): void {
  if (Number(headers["content-length"] ?? 0) > jsonBytesAtMost) throw tooLarge();
}

/** The whole body of an API request; a sender that goes on beyond the limit is not read on. */
export async function readJsonBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (!request.body) return new Uint8Array();
  // Leaving the loop cancels the stream.
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > jsonBytesAtMost) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Problem {
  return new Problem("body_too_large", `A body here is at most ${jsonBytesAtMost} bytes.`, {
    limit: jsonBytesAtMost,
  });
}
