import { cookieOf } from "@/lib/auth/testing";
import { type Context, provideContext } from "@/lib/context";
import { addressHeader } from "@/lib/http/client-address";
import { handle } from "@/lib/http/handle";
import type { Route } from "@/lib/http/route";

export interface Answered {
  status: number;
  headers: Headers;
  /** What the browser holds afterwards: the session's cookie where one was set. */
  cookie: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the answer has.
  body: any;
}

/** Asks a route as a page's script does: through the door, with a cookie, from this very site. */
export async function askRoute<P, Q, B, A>(
  context: Context,
  route: Route<P, Q, B, A>,
  {
    body,
    query = "",
    parameters = {},
    cookie,
    address = "203.0.113.7",
    origin = "http://127.0.0.1:3000",
  }: Question = {},
): Promise<Answered> {
  provideContext(context);
  const request = new Request(`http://127.0.0.1:3000/asked?${query}`, {
    method: route.method,
    headers: {
      host: "127.0.0.1:3000",
      origin,
      "sec-fetch-site": "same-origin",
      "content-type": "application/json",
      "user-agent": "a test's browser",
      [addressHeader]: address,
      ...(cookie !== undefined && { cookie }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await handle(route)(request, { params: Promise.resolve(parameters) });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    cookie: cookieOf(response.headers.get("set-cookie")),
    body: text === "" ? null : JSON.parse(text),
  };
}

interface Question {
  body?: unknown;
  /** What follows the question mark. */
  query?: string;
  parameters?: Record<string, string>;
  cookie?: string;
  /** Of the page that asks. */
  origin?: string;
  /** From where. */
  address?: string;
}
