import { once } from "node:events";
import { createGzip, gzipSync } from "node:zlib";
import type { Fault } from "@/scripts/faults/fault";

const unpackedMebibytes = 1_024;
const allowedBytes = 64 * 1024 * 1024;

export const gzipBomb: Fault = {
  row: 18,
  load: "gzip of 1 MB that unpacks to 1 GiB",
  async run(instance) {
    const bomb = await makeBomb();
    const send = async (body: Buffer) => {
      const { status } = await instance.ask("/api/webhooks/bomb", {
        method: "POST",
        body,
        headers: { "content-encoding": "gzip", "content-type": "application/json" },
      });
      return status;
    };
    // The first of a process also loads what unpacks.
    await send(gzipSync("{}"));
    let status = 0;
    const grown = await instance.memoryDuring(async () => {
      status = await send(bomb);
    });
    const mebibytes = grown / 1024 / 1024;
    return {
      figure: `${status}; ${(bomb.byteLength / 1e6).toFixed(2)} MB sent, memory + ${mebibytes.toFixed(0)} MiB`,
      pass: status === 413 && grown < allowedBytes,
    };
  },
};

async function makeBomb(): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  const mebibyte = Buffer.alloc(1024 * 1024);
  for (let written = 0; written < unpackedMebibytes; written += 1)
    if (!gzip.write(mebibyte)) await once(gzip, "drain");
  gzip.end();
  await once(gzip, "end");
  return Buffer.concat(chunks);
}
