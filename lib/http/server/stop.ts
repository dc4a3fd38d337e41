import type { Server } from "node:http";
import { Server as SocketServer } from "node:net";
import { setTimeout } from "node:timers/promises";

/** A client that has just sent its next request on a kept connection is still answered. */
const graceMilliseconds = 300;
const patienceMilliseconds = 5_000;
const stepMilliseconds = 25;

/**
 * Accepts nothing new, lets what is in flight finish (each last answer says
 * "connection: close"), then closes what idles, and after 5 s whatever is left.
 */
export async function stopServer(server: Server): Promise<void> {
  // http.Server.close would cut idle connections at once, with a request perhaps on its way in.
  const closed = new Promise<void>((resolve) => {
    SocketServer.prototype.close.call(server, () => resolve());
  });
  const state = { done: false };
  void closed.then(() => {
    state.done = true;
  });
  await Promise.race([closed, setTimeout(graceMilliseconds)]);
  const until = performance.now() + patienceMilliseconds - graceMilliseconds;
  while (!state.done && performance.now() < until) {
    server.closeIdleConnections();
    await Promise.race([closed, setTimeout(stepMilliseconds)]);
  }
  server.closeAllConnections();
  await closed;
}
