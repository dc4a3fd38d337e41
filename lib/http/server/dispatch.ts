import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { isBearer } from "@/lib/auth/authenticate";
import { isSafe, refuseEmbedding, refuseForeignHost } from "@/lib/auth/cross-site";
import { addressHeader, clientAddress, directHeader, isDirect } from "@/lib/http/client-address";
import { Problem } from "@/lib/http/problem";
import { allowOrigin, answerPreflight, isPreflight } from "@/lib/http/server/cors";
import { headersOf } from "@/lib/http/server/exchange";
import { dressData, dressFile, dressPage, transportSecurity } from "@/lib/http/server/headers";
import type { House } from "@/lib/http/server/house";
import { sendProblem } from "@/lib/http/server/send";
import { type Finding, findAnswer } from "@/lib/http/server/table";
import { targetHeader } from "@/lib/http/target";
import { refuseLargeBody, refuseLargeHead } from "@/lib/limits/request-size";

/** The one listener: our own addresses here, every other to the pages behind. */
export function dispatcher(house: House, pages: RequestListener | null) {
  const isSecure = house.context.site.baseUrl?.startsWith("https:") ?? false;
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method = "GET", url = "/" } = request;
    if (house.closing) response.shouldKeepAlive = false;
    if (isSecure) response.setHeader("strict-transport-security", transportSecurity);
    const mark = url.indexOf("?");
    const path = mark === -1 ? url : url.slice(0, mark);
    const found = findAnswer(method, path);
    const refuse = (error: unknown) =>
      sendProblem(request, response, operationOf(found, path), error);

    try {
      refuseLargeHead(request);
      const address = tellOrigin(house, request);
      if (!found?.isUncounted && !isFile(path)) house.rates.countRequest(address);
      if (found || isForMachines(path)) allowOrigin(request, response, corsOf(house));

      if (found && "methods" in found) refuseMethod(house, request, response, found.methods);
      else if (found?.answer) {
        const search = mark === -1 ? "" : url.slice(mark + 1);
        const exchange = { request, response, search, parameters: found.parameters };
        found.answer(house, exchange).catch(refuse);
      } else if (found) {
        admitToData(house, request);
        dressData(request, response);
        answerBehind(pages, request, response);
      } else if (isForMachines(path)) {
        throw new Problem("not_found", "There is nothing at this address.");
      } else {
        admitToPages(house, request, response);
        if (isFile(path)) dressFile(request, response);
        else dressPage(request, response);
        answerBehind(pages, request, response);
      }
    } catch (error) {
      refuse(error);
    }
  };
}

/** Under these every address is in the manifest; elsewhere are pages. */
function isForMachines(path: string): boolean {
  return /^\/(api|v1)(\/|$)/.test(path);
}

/** Of the build, the same for everybody. */
function isFile(path: string): boolean {
  return path.startsWith("/_next/static/");
}

function corsOf({ context }: House): readonly string[] {
  return context.config.cors.origins;
}

function operationOf(found: Finding | null, path: string): string {
  if (found && "operation" in found) return found.operation;
  return found || isForMachines(path) ? "none" : "page";
}

/** Writes down, where nobody else can, from where the request comes and for what. */
function tellOrigin({ trustedProxies, context }: House, request: IncomingMessage): string {
  const { headers } = request;
  const peer = request.socket.remoteAddress;
  const address = clientAddress(peer, headers, trustedProxies);
  headers[addressHeader] = address;
  headers[targetHeader] = request.url ?? "/";
  headers[directHeader] = context.site.withoutSignIn && isDirect(peer, headers) ? "yes" : "no";
  return address;
}

function refuseMethod(
  house: House,
  request: IncomingMessage,
  response: ServerResponse,
  known: readonly string[],
): void {
  const methods = [...new Set(known)];
  if (isPreflight(request, corsOf(house))) {
    answerPreflight(response, methods);
    return;
  }
  response.setHeader("allow", methods.join(", "));
  throw new Problem("method_not_allowed", `${request.method} is not for this address.`);
}

/** A token is proof enough, from wherever; without one it is a browser, or wants to be. */
function admitToData({ context }: House, request: IncomingMessage): void {
  refuseLargeBody(request);
  if (isBearer(request.headers.authorization)) return;
  refuseForeignHost(headersOf(request), context.site);
}

function admitToPages(
  { context }: House,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const headers = headersOf(request);
  refuseForeignHost(headers, context.site);
  if (!isSafe(request.method ?? "GET")) {
    response.setHeader("allow", "GET, HEAD");
    throw new Problem("method_not_allowed", "A page can only be looked at.");
  }
  refuseEmbedding(headers);
}

function answerBehind(
  pages: RequestListener | null,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!pages) throw new Problem("not_found", "This Pushline serves no pages.");
  pages(request, response);
}
