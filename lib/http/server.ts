import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, BlockList, Socket } from "node:net";
import type { Pool } from "pg";
import { startUpkeep } from "@/lib/auth/upkeep";
import { type Context, provideContext } from "@/lib/context";
import { Problem, problemAnswer } from "@/lib/http/problem";
import { dispatcher } from "@/lib/http/server/dispatch";
import type { House } from "@/lib/http/server/house";
import { sendProblem } from "@/lib/http/server/send";
import { stopServer } from "@/lib/http/server/stop";
import { deliveriesChannel, openDoor } from "@/lib/ingest/door";
import { refuseDeclaredSize } from "@/lib/ingest/read-body";
import { headBytesAtMost } from "@/lib/limits/request-size";
import { outboxChannel } from "@/lib/live/announce";
import { listen as listenTo } from "@/lib/live/listen";
import { liveChannel } from "@/lib/live/sequence";
import { startSequencer } from "@/lib/live/sequencer";
import { Streams } from "@/lib/live/stream";
import { settingsChannel } from "@/lib/settings/live-config";
import { doraCollector } from "@/lib/telemetry/collect-dora";
import { sloCollector } from "@/lib/telemetry/collect-slos";
import { sourceCollector } from "@/lib/telemetry/collect-sources";
import { observeInstance } from "@/lib/telemetry/observe-instance";
import type { Telemetry } from "@/lib/telemetry/start";

/** For a whole request to arrive, so that slow sockets are gone within 30. */
const requestSeconds = 25;

export interface ServerOptions {
  context: Context;
  host: string;
  /** 0 for any that is free. */
  port: number;
  /** Main lends the connection that hears what other processes did. */
  pools: Readonly<Record<"main" | "ingest", Pool>>;
  /** Whose X-Forwarded-For is believed; nobody's unless given. */
  trustedProxies?: BlockList | null;
  /** Deliveries were stored, here or by another process; never waits. */
  onDeliveries: () => void;
  telemetry: Pick<Telemetry, "collect">;
  /** Answers every address that is not the server's own; null for none. */
  pages: RequestListener | null;
}

/**
 * Listens, hands out positions and tells the streams. Rejects with the system's
 * error when the port cannot be had. `close` finishes what is in flight.
 */
export async function startServer(
  options: ServerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const { context, pools, pages, onDeliveries, telemetry } = options;
  // Route handlers behind Next load their modules apart and take it from there.
  provideContext(context);
  const live = new Streams(context);
  const door = openDoor(context, onDeliveries);
  const house: House = {
    context,
    door,
    live,
    rates: door.rates,
    trustedProxies: options.trustedProxies ?? null,
    telemetry,
    collectors: [doraCollector(), sloCollector(), sourceCollector()],
    closing: false,
  };
  const server = listener(house, pages);
  const port = await listen(server, options);
  const sequencer = startSequencer(context);
  const upkeep = startUpkeep(context);
  const ears = listenTo(pools.main, {
    [deliveriesChannel]: onDeliveries,
    [outboxChannel]: sequencer.wake,
    [liveChannel]: () => void live.hub.refresh(),
    [settingsChannel]: () => void context.settingsChanged().catch(() => undefined),
  });
  const unobserve = observeInstance({
    context,
    pools,
    waitingDeliveries: () => house.door.commit.waitingRows,
    liveClients: () => live.size,
  });
  return {
    port,
    async close() {
      house.closing = true;
      unobserve();
      live.close();
      await stopServer(server);
      await house.door.commit.close();
      await house.door.refusals.flush().catch(() => undefined);
      await Promise.all([sequencer.close(), ears.close(), upkeep.close()]);
    },
  };
}

function listener(house: House, pages: RequestListener | null): Server {
  const dispatch = dispatcher(house, pages);
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: requestSeconds * 1_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 15_000,
      noDelay: true,
      maxHeaderSize: headBytesAtMost,
    },
    dispatch,
  );
  server.on("checkContinue", (request, response) => {
    try {
      refuseDeclaredSize(request);
      response.writeContinue();
      dispatch(request, response);
    } catch (error) {
      sendProblem(request, response, "checkContinue", error);
    }
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else socket.end(malformed(error.code));
  });
  return server;
}

function listen(server: Server, { host, port }: ServerOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** What is not HTTP enough for a request object is answered on the bare socket. */
function malformed(code: string | undefined): string {
  const [line, problem] = reproach(code);
  const { headers, body } = problemAnswer(problem);
  const all = { ...headers, connection: "close", "content-length": Buffer.byteLength(body) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${line}\r\n${lines.join("")}\r\n${body}`;
}

function reproach(code: string | undefined): [line: string, problem: Problem] {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return [
        "408 Request Timeout",
        new Problem("request_timeout", `A request has ${requestSeconds} s to arrive whole.`, {
          limit: requestSeconds,
        }),
      ];
    case "HPE_HEADER_OVERFLOW":
      return [
        "431 Request Header Fields Too Large",
        new Problem(
          "headers_too_large",
          `Address and headers have ${headBytesAtMost} bytes at most.`,
          { limit: headBytesAtMost },
        ),
      ];
    default:
      return ["400 Bad Request", new Problem("bad_request", "This is not HTTP/1.1.")];
  }
}
