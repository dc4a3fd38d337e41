import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { Payload } from "@/scripts/bench/ingest/payloads";

export interface Load {
  port: number;
  connections: number;
  seconds: number;
  payloads: readonly Payload[];
}

export interface Answered {
  perSecond: number;
  /** Milliseconds from the first byte out to the whole answer in. */
  latencies: number[];
}

/**
 * Keeps each connection busy with one request after the other. Bare sockets: on
 * few cores an HTTP client would take the processor from the server it measures.
 */
export async function sendLoad({ port, connections, seconds, payloads }: Load): Promise<Answered> {
  const latencies: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, (_, connection) =>
      keepBusy(port, until, connection, payloads, latencies),
    ),
  );
  return { perSecond: latencies.length / ((performance.now() - started) / 1000), latencies };
}

async function keepBusy(
  port: number,
  until: number,
  offset: number,
  payloads: readonly Payload[],
  latencies: number[],
): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  for (let n = offset; performance.now() < until; n += 1) {
    const payload = payloads[n % payloads.length];
    if (!payload) throw new Error("no payloads");
    const sent = performance.now();
    socket.write(Buffer.concat([payload.before, Buffer.from(randomUUID()), payload.after]));
    const status = await readAnswer(socket);
    if (status !== 202) throw new Error(`answered ${status}`);
    latencies.push(performance.now() - sent);
  }
  socket.destroy();
}

/** The status of one answer with a content-length, once all of it is in. */
function readAnswer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const done = (end: () => void) => {
      socket.off("data", onData).off("close", onClose);
      end();
    };
    const onClose = () => done(() => reject(new Error("the connection was closed")));
    const onData = (chunk: Buffer) => {
      text += chunk.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
      if (text.length >= end + 4 + length) done(() => resolve(Number(text.slice(9, 12))));
    };
    socket.on("data", onData).on("close", onClose);
  });
}
