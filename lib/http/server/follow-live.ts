import { refuseForeignHost } from "@/lib/auth/cross-site";
import { Problem } from "@/lib/http/problem";
import { admit, type Exchange, headersOf } from "@/lib/http/server/exchange";
import { safeHeaders } from "@/lib/http/server/headers";
import type { House } from "@/lib/http/server/house";
import { audienceOf } from "@/lib/live/audience";

export async function followLive(
  { context, live }: House,
  { request, response, search }: Exchange,
): Promise<void> {
  refuseForeignHost(headersOf(request), context.site);
  const { actor } = await admit(context, request, "read");
  // A browser that reconnects by itself repeats its address; the header is the newer.
  const given = request.headers["last-event-id"] ?? new URLSearchParams(search).get("lastEventId");
  const lastHeard = given ? positionOf(String(given)) : null;
  const headers = { ...safeHeaders, "x-accel-buffering": "no" };
  if (request.method === "HEAD") {
    response
      .writeHead(200, { ...headers, "content-type": "text/event-stream; charset=utf-8" })
      .end();
    return;
  }
  const audience = audienceOf(actor, () => context.config);
  const follower = { actor, authorization: request.headers.authorization ?? null };
  await live.begin(response, follower, lastHeard, headers, audience);
}

function positionOf(text: string): number {
  const position = Number(text);
  if (/^\d{1,15}$/.test(text) && Number.isSafeInteger(position)) return position;
  throw new Problem("invalid_cursor", "This position was not given by this stream.", {
    field: "Last-Event-ID",
    expected: "the id of the last event heard",
  });
}
