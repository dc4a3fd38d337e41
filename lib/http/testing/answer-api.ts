import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { type Context, provideContext } from "@/lib/context";
import { findRoute } from "@/lib/http/find-route";
import { handle } from "@/lib/http/handle";

/** Stands for Next in tests of the server: the API by its routes, and for all else the words "a page". */
export function answerApi(context: Context): RequestListener {
  return (request, response) => {
    answer(context, request, response).catch((error) => response.destroy(error));
  };
}

async function answer(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { url = "/", method = "GET" } = request;
  const path = url.split("?")[0] ?? "/";
  const found = findRoute(method, path);
  if (!found) {
    response.end("a page");
    return;
  }
  const asked = new Request(`http://127.0.0.1${url}`, {
    method,
    headers: Object.entries(request.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]),
    ...(method !== "GET" && { body: Readable.toWeb(request) as ReadableStream, duplex: "half" }),
  });
  // A test may run several servers, of which only one can be the process's own.
  provideContext(context);
  const given = await handle(found.route)(asked, { params: Promise.resolve(found.parameters) });
  response.statusCode = given.status;
  for (const [name, value] of given.headers) response.appendHeader(name, value);
  response.end(Buffer.from(await given.arrayBuffer()));
}
