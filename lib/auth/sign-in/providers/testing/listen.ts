import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Answerer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Listening {
  /** `http://127.0.0.1:<port>` */
  address: string;
  close(): Promise<void>;
}

/** An HTTP server on loopback that answers as the latest `answerer()` says. */
export async function listen(answerer: () => Answerer): Promise<Listening> {
  const server = createServer((request, response) => answerer()(request, response));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export function json(response: ServerResponse, status: number, body: unknown): true {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8" })
    .end(JSON.stringify(body));
  return true;
}
