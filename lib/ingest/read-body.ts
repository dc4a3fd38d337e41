import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import { Problem } from "@/lib/http/problem";
import type { BodyHold } from "@/lib/ingest/body-budget";

/** GitHub sends at most this much, and no other provider more. */
export const bodyLimitBytes = 25 * 1024 * 1024;
export interface RawBody {
  /** As it came over the wire. */
  wire: Buffer;
  /** After the content encoding; the same bytes where there is none. */
  decoded: Buffer;
}

/**
 * The whole body, never a part of it. Throws `body_too_large` above 25 MiB
 * (before or after gunzip), `unsupported_encoding` for all but identity and gzip,
 * `not_decodable` for broken gzip, `overloaded` beyond the budget.
 */
export async function readBody(request: IncomingMessage, hold: BodyHold): Promise<RawBody> {
  const encoding = (request.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip")
    throw new Problem("unsupported_encoding", "A body here is plain or gzip.", {
      field: "content-encoding",
      expected: "identity or gzip",
    });
  refuseDeclaredSize(request);
  const wire = await collect(request, hold);
  if (encoding === "identity") return { wire, decoded: wire };
  return { wire, decoded: await inflate(wire, hold) };
}

/** What the sender says it will send is refused before it does. */
export function refuseDeclaredSize(request: IncomingMessage): void {
  if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) throw tooLarge();
}

function collect(request: IncomingMessage, hold: BodyHold): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: unknown) => {
      request.off("data", onData);
      chunks.length = 0;
      reject(error);
    };
    const onData = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      try {
        if (bytes > bodyLimitBytes) throw tooLarge();
        hold.take(chunk.byteLength);
        chunks.push(chunk);
      } catch (error) {
        fail(error);
      }
    };
    request.on("data", onData);
    request.once("end", () =>
      resolve(chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks)),
    );
    // A request breaks only where its sender's connection does, which is no trouble of ours.
    const hungUp = () => fail(new Problem("bad_request", "The sender hung up."));
    request.once("error", hungUp);
    request.once("close", () => {
      if (!request.complete) hungUp();
    });
  });
}

const empty = Buffer.alloc(0);

/** Its window and the piece that it is about to hand out. */
const inflaterBytes = 64 * 1024;

/** Piece by piece, each with room made for it first: a few kilobytes may say they are gigabytes. */
async function inflate(wire: Buffer, hold: BodyHold): Promise<Buffer> {
  hold.take(inflaterBytes);
  const inflater = createGunzip();
  inflater.end(wire);
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    // Leaving the loop destroys the inflater.
    for await (const piece of inflater as AsyncIterable<Buffer>) {
      bytes += piece.byteLength;
      if (bytes > bodyLimitBytes) throw tooLarge();
      hold.take(piece.byteLength);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("not_decodable", "The body says it is gzip and is not.", {
      field: "body",
      expected: "gzip as content-encoding says",
    });
  }
  return Buffer.concat(pieces, bytes);
}

function tooLarge(): Problem {
  return new Problem("body_too_large", `A body is at most ${bodyLimitBytes} bytes (25 MiB).`, {
    limit: bodyLimitBytes,
  });
}
