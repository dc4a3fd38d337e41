import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { addressHeader } from "@/lib/http/address";
import { Problem } from "@/lib/http/problem";
import { refuseForeignHost } from "@/lib/http/server/exchange";
import type { House } from "@/lib/http/server/house";
import { sendProblem } from "@/lib/http/server/send";
import { findAnswer } from "@/lib/http/server/table";
import { targetHeader } from "@/lib/http/target";

/** The one listener: our own addresses here, every other to the pages behind. */
export function dispatcher(house: House, pages: RequestListener | null) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { method = "GET", url = "/" } = request;
    request.headers[addressHeader] = request.socket.remoteAddress ?? "";
    request.headers[targetHeader] = url;
    if (house.closing) response.shouldKeepAlive = false;
    const mark = url.indexOf("?");
    const path = mark === -1 ? url : url.slice(0, mark);
    const found = findAnswer(method, path);
    const refuse = (operation: string, error: unknown) =>
      sendProblem(request, response, operation, error);

    if (found && "methods" in found) {
      response.setHeader("allow", [...new Set(found.methods)].join(", "));
      refuse("none", new Problem("method_not_allowed", `${method} is not for this address.`));
    } else if (found?.answer) {
      const search = mark === -1 ? "" : url.slice(mark + 1);
      const exchange = { request, response, search, parameters: found.parameters };
      found.answer(house, exchange).catch((error) => refuse(found.operation, error));
    } else if (!found && isForMachines(path)) {
      refuse("none", new Problem("not_found", "There is nothing at this address."));
    } else {
      try {
        refuseForeignHost(request, house.context.site.baseUrl);
        if (!pages) throw new Problem("not_found", "This Pushline serves no pages.");
        if (!found) dressPage(response);
        pages(request, response);
      } catch (error) {
        refuse(found?.operation ?? "page", error);
      }
    }
  };
}

/** Under these every address is in the manifest; elsewhere are pages. */
function isForMachines(path: string): boolean {
  return /^\/(api|v1)(\/|$)/.test(path);
}

function dressPage(response: ServerResponse): void {
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "same-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
}
