import type { ScryptOptions } from "node:crypto";
import { Worker } from "node:worker_threads";
import { oncePerProcess } from "@/lib/once-per-process";

/**
 * Runs in a thread of its own, whose priority Linux lets us lower by itself: two
 * hashes on two cores would else double the time in which deliveries are taken.
 * A text, since the server and Next's bundle find files in different places.
 */
const program = `
const { parentPort } = require("node:worker_threads");
const { scryptSync } = require("node:crypto");
if (process.platform === "linux") require("node:os").setPriority(0, 15);
parentPort.on("message", ({ password, salt, bytes, parameters }) => {
  try {
    parentPort.postMessage({ key: scryptSync(password, salt, bytes, parameters) });
  } catch (error) {
    parentPort.postMessage({ error });
  }
});
`;

/** Threads that wait for work: beginning one stops the event loop for longer than a delivery takes. */
const idle = oncePerProcess("hashing threads", (): Worker[] => []);

/** scrypt (RFC 7914) at low priority; `bytes` of key. Rejects for parameters that it does not know. */
export async function deriveKey(
  password: string,
  salt: Uint8Array,
  bytes: number,
  parameters: ScryptOptions,
): Promise<Buffer> {
  const worker = idle.pop() ?? new Worker(program, { eval: true, execArgv: [] });
  try {
    const key = await ask(worker, { password, salt, bytes, parameters });
    worker.unref();
    idle.push(worker);
    return key;
  } catch (error) {
    void worker.terminate();
    throw error;
  }
}

function ask(worker: Worker, work: object): Promise<Buffer> {
  worker.ref();
  return new Promise((resolve, reject) => {
    const onExit = (code: number) => reject(new Error(`Hashing ended with ${code}.`));
    worker.once("message", ({ key, error }: { key?: Uint8Array; error?: Error }) => {
      worker.off("error", reject);
      worker.off("exit", onExit);
      if (key) resolve(Buffer.from(key));
      else reject(error);
    });
    worker.once("error", reject);
    worker.once("exit", onExit);
    worker.postMessage(work);
  });
}
