import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import { OutboundProblem } from "@/lib/outbound/problem";

/**
 * The body of an answer, unpacked as it is read, so that never more than a few chunks
 * are in memory. Throws `unsupported_encoding`; while read, `too_large` when it is
 * more than so many bytes packed or unpacked, and `malformed`.
 */
export function bodyOf(message: IncomingMessage, bytesAtMost: number): AsyncIterable<Buffer> {
  const packed = capped(message, bytesAtMost);
  const encoding = message.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity") return packed;
  if (encoding !== "gzip" && encoding !== "x-gzip")
    throw new OutboundProblem("unsupported_encoding", "It sent neither plain text nor gzip.");
  return capped(unpacked(packed), bytesAtMost);
}

async function* capped(
  chunks: AsyncIterable<Buffer>,
  bytesAtMost: number,
): AsyncGenerator<Buffer, void> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > bytesAtMost)
      throw new OutboundProblem("too_large", `It sent more than ${bytesAtMost} bytes.`);
    yield chunk;
  }
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const gunzip = createGunzip();
  const feeding = feed(packed, gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
    await feeding;
  } catch (error) {
    if (error instanceof OutboundProblem) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code.startsWith("Z_")) throw new OutboundProblem("malformed", "What it sent is not gzip.");
    throw error;
  } finally {
    gunzip.destroy();
  }
}

/** Waits whenever enough lies unpacked: a bomb never swells further than it is read. */
async function feed(
  packed: AsyncIterable<Buffer>,
  gunzip: ReturnType<typeof createGunzip>,
): Promise<void> {
  try {
    for await (const chunk of packed) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await drained(gunzip);
    }
    gunzip.end();
  } catch (error) {
    gunzip.destroy(error as Error);
  }
}

function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  return new Promise((resolve) => {
    gunzip.once("drain", resolve);
    gunzip.once("close", resolve);
  });
}
