import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Fault } from "@/scripts/faults/fault";
import type { Instance } from "@/scripts/faults/instance";

const allowedBytes = 64 * 1024 * 1024;
const allowedSeconds = 15;
const series = 10_000_000;

type Answer = (response: ServerResponse) => Promise<void>;

/** What an engine could do to whoever asks it. */
const answers: Record<string, Answer> = {
  "endless body": (response) => flood(response, '{"status":"success","data":"', "a".repeat(65_536)),
  "endless silence": async (response) => {
    response.writeHead(200, { "content-type": "application/json" }).flushHeaders();
  },
  [`${series / 1e6} M series`]: (response) =>
    flood(
      response,
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"1"]}',
      ',{"metric":{"__name__":"up","instance":"a"},"value":[1700000000,"1"]}'.repeat(1_000),
      series / 1_000,
    ),
};

export const hostileEngine: Fault = {
  row: 28,
  load: "an engine of the Prometheus kind that answers without end, never, or with 10 M series",
  async run(instance) {
    const parts: string[] = [];
    let pass = true;
    for (const [name, answer] of Object.entries(answers)) {
      const { code, seconds, grown } = await check(instance, answer);
      parts.push(
        `${name}: ${code} after ${seconds.toFixed(1)} s, + ${(grown / 1024 / 1024).toFixed(0)} MiB`,
      );
      pass &&= code !== "answered" && seconds < allowedSeconds && grown < allowedBytes;
    }
    return { figure: parts.join("; "), pass };
  },
};

async function check(
  instance: Instance,
  answer: Answer,
): Promise<{ code: string; seconds: number; grown: number }> {
  const server = createServer((request, response) => {
    // Without a version the check goes on to ask for series.
    if (request.url?.includes("buildinfo")) response.writeHead(404).end();
    else void answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await instance.manage("PUT", "/api/v1/engines/hostile", { url: `http://127.0.0.1:${port}` });
  const started = performance.now();
  let code = "answered";
  const grown = await instance.memoryDuring(async () => {
    const found = await instance.manage<{ problem: { code: string } | null }>(
      "POST",
      "/api/v1/engines/hostile/check",
    );
    code = found.problem?.code ?? code;
  });
  const seconds = (performance.now() - started) / 1_000;
  server.closeAllConnections();
  server.close();
  return { code, seconds, grown };
}

async function flood(
  response: ServerResponse,
  beginning: string,
  piece: string,
  times = Number.POSITIVE_INFINITY,
): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  function* pieces() {
    yield beginning;
    for (let n = 0; n < times; n += 1) yield piece;
    yield "]}}";
  }
  // Whoever asked hangs up when it is enough.
  await pipeline(Readable.from(pieces()), response).catch(() => undefined);
}
