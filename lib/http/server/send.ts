import type { IncomingMessage, ServerResponse } from "node:http";
import { asProblem, problemAnswer } from "@/lib/http/problem";
import { safeHeaders } from "@/lib/http/server/headers";
import { recordProblem } from "@/lib/telemetry/record-problem";

const lingerMilliseconds = 5_000;
/** Reading so little to its end costs less than a new connection. */
const smallBytes = 65_536;

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}

export function sendText(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
): void {
  const headers = { ...safeHeaders, "content-type": contentType };
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}

/** Answers anything thrown as application/problem+json, and counts it. */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  operation: string,
  error: unknown,
): void {
  const problem = asProblem(error);
  recordProblem(operation, problem, error);
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { status, headers, body } = problemAnswer(problem);
  const all = { ...safeHeaders, ...headers, "content-length": Buffer.byteLength(body) };
  if (request.complete || isSmall(request)) {
    response.writeHead(status, all).end(body);
    return;
  }
  response.writeHead(status, { ...all, connection: "close" }).write(body);
  linger(request, response);
}

/** Closing on bytes that are still coming resets the connection, and the sender would never see why. */
function linger(request: IncomingMessage, response: ServerResponse): void {
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMilliseconds);
  request.once("end", end);
  request.once("close", end);
  request.resume();
}

function isSmall({ headers }: IncomingMessage): boolean {
  return (
    headers["transfer-encoding"] === undefined &&
    headers.expect === undefined &&
    Number(headers["content-length"] ?? 0) <= smallBytes
  );
}
