import type { ScryptOptions } from "node:crypto";
import { Worker } from "node:worker_threads";

/**
 * Runs in a thread of its own, whose priority Linux lets us lower by itself: two
 * hashes on two cores would else double the time in which deliveries are taken.
 * A text, since the server and Next's bundle find files in different places.
 */
const program = `
const { parentPort, workerData } = require("node:worker_threads");
const { scryptSync } = require("node:crypto");
if (process.platform === "linux") require("node:os").setPriority(0, 10);
const { password, salt, bytes, parameters } = workerData;
parentPort.postMessage(scryptSync(password, salt, bytes, parameters));
`;

/** scrypt (RFC 7914) at low priority; `bytes` of key. Rejects for parameters that it does not know. */
export function deriveKey(
  password: string,
  salt: Uint8Array,
  bytes: number,
  parameters: ScryptOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const workerData = { password, salt, bytes, parameters };
    const worker = new Worker(program, { eval: true, execArgv: [], workerData });
    worker.once("message", (key: Uint8Array) => resolve(Buffer.from(key)));
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`Hashing ended with ${code}.`)));
  });
}
