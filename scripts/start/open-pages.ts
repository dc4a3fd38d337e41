import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import next from "next";

/** Next behind our own server: it answers what the server's own table does not. */
export async function openPages(
  root: string,
  host: string,
  port: number,
  log: (line: string) => void,
): Promise<{ answer: RequestListener; close(): Promise<void> }> {
  const app = next({ dev: false, dir: root, hostname: host, port });
  await app.prepare();
  const handle = app.getRequestHandler();
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response).catch((error: unknown) => {
      log(`A page failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent) response.statusCode = 500;
      response.end();
    });
  };
  return { answer, close: () => app.close() };
}
