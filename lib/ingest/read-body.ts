import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Problem } from "@/lib/http/problem";

/** GitHub sends at most this much, and no other provider more. */
export const bodyLimitBytes = 25 * 1024 * 1024;
/** What all bodies under way may hold together. */
const heldBytesAtMost = 256 * 1024 * 1024;

const decompress = promisify(gunzip);

export interface RawBody {
  /** As it came over the wire. */
  wire: Buffer;
  /** After the content encoding; the same bytes where there is none. */
  decoded: Buffer;
}

/** How many bytes of bodies are in memory until their requests are answered. */
export class BodyBudget {
  held = 0;

  /** One request's part; `release` it when the request is answered. */
  open(): BodyHold {
    let mine = 0;
    return {
      take: (bytes) => {
        if (this.held + bytes > heldBytesAtMost)
          throw new Problem("overloaded", "Too many large bodies arrive at once.");
        this.held += bytes;
        mine += bytes;
      },
      release: () => {
        this.held -= mine;
        mine = 0;
      },
    };
  }
}

export interface BodyHold {
  take(bytes: number): void;
  release(): void;
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
  const decoded = await inflate(wire);
  hold.take(decoded.byteLength);
  return { wire, decoded };
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

async function inflate(wire: Buffer): Promise<Buffer> {
  try {
    return await decompress(wire, { maxOutputLength: bodyLimitBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new Problem("not_decodable", "The body says it is gzip and is not.", {
      field: "body",
      expected: "gzip as content-encoding says",
    });
  }
}

function tooLarge(): Problem {
  return new Problem("body_too_large", `A body is at most ${bodyLimitBytes} bytes (25 MiB).`);
}
