import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request as requestHttp,
} from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { bodyOf } from "@/lib/outbound/body";
import {
  type PinnedAddress,
  pinHost,
  type Resolver,
  systemResolver,
} from "@/lib/outbound/pin-host";
import { isPrivateAddress } from "@/lib/outbound/private-address";
import { OutboundProblem } from "@/lib/outbound/problem";

export interface OutboundCall {
  url: URL;
  /** What goes into Authorization; credentials travel there and in `credentials` alone. */
  authorization?: string | null;
  /** For APIs that take theirs in headers of their own names. */
  credentials?: Record<string, string>;
  /** GET unless said; a POST goes without a body. */
  method?: "GET" | "POST";
  /** The kind of answer wanted; JSON unless said. */
  accept?: string;
  /** Ends the call, whose error is then its reason. */
  signal?: AbortSignal;
  /** Of the whole, from the name's resolution to the last byte read. */
  milliseconds?: number;
  /** Of the body, as it comes over the wire and, apart from that, unpacked. */
  bytesAtMost?: number;
  resolver?: Resolver;
  /** Whether plain http is for loopback and private addresses alone. */
  encryptedOutside?: boolean;
}

export interface OutboundAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Unpacked, within its caps; throws `too_large`, `malformed`. */
  body: AsyncIterable<Buffer>;
}

const headerBytesAtMost = 16 * 1024;
const defaultMilliseconds = 10_000;
const defaultBytesAtMost = 50 * 1024 * 1024;

/**
 * Asks an address outside of Pushline that someone configured, and reads the answer
 * with `read`. Connects to no other address than those that were checked, follows no
 * redirect, sends nothing unencrypted where it must not, and ends whatever is too slow or
 * too large. Throws OutboundProblem.
 */
export async function callOutside<Result>(
  call: OutboundCall,
  read: (answer: OutboundAnswer) => Promise<Result>,
): Promise<Result> {
  const { url, milliseconds = defaultMilliseconds } = call;
  if (!["http:", "https:"].includes(url.protocol) || url.username || url.password)
    throw new OutboundProblem(
      "not_http",
      "Only http and https addresses without a user are called.",
    );
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(tooSlow(milliseconds)), milliseconds);
  const stop = () => end.abort(call.signal?.reason);
  call.signal?.addEventListener("abort", stop, { once: true });
  try {
    call.signal?.throwIfAborted();
    const pinned = await unlessEnded(
      end.signal,
      pinHost(url.hostname, call.resolver ?? systemResolver),
    );
    if (call.encryptedOutside) refusePlain(url, pinned);
    const message = await send(call, pinned, end.signal);
    refuseRedirect(message);
    const body = bodyOf(message, call.bytesAtMost ?? defaultBytesAtMost);
    const { statusCode: status = 0, headers } = message;
    return await unlessEnded(end.signal, read({ status, headers, body }));
  } catch (error) {
    throw end.signal.aborted ? end.signal.reason : asOutboundProblem(error);
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", stop);
    // Whatever still comes is not wanted, however it ended.
    end.abort();
  }
}

function refusePlain({ protocol }: URL, pinned: readonly PinnedAddress[]): void {
  if (protocol === "https:" || pinned.every(({ address }) => isPrivateAddress(address))) return;
  throw new OutboundProblem(
    "not_encrypted",
    "No token is sent over plain http to an address outside of your own network: use https.",
  );
}

function send(
  {
    url,
    authorization,
    credentials = {},
    method = "GET",
    accept = "application/json",
  }: OutboundCall,
  pinned: readonly PinnedAddress[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method,
    signal,
    // A connection of its own: none that was made for another check is used again.
    agent: false,
    lookup: lookupOf(pinned),
    maxHeaderSize: headerBytesAtMost,
    headers: {
      accept,
      "accept-encoding": "gzip, identity",
      "user-agent": "Pushline",
      ...(authorization && { authorization }),
      ...credentials,
      ...(method === "POST" && { "content-length": 0 }),
    },
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, options, resolve);
    // Ended while its body is read, it says so once more to nobody.
    request.on("error", reject);
    request.end();
  });
}

/** Answers with what was checked, in either of the forms in which Node asks. */
function lookupOf(pinned: readonly PinnedAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = pinned;
    if (options.all) callback(null, [...pinned]);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function refuseRedirect({ statusCode = 0 }: IncomingMessage): void {
  if (statusCode >= 300 && statusCode < 400)
    throw new OutboundProblem("redirected", "It answered with a redirect, and none is followed.");
}

function unlessEnded<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function tooSlow(milliseconds: number): OutboundProblem {
  return new OutboundProblem("timed_out", `It took more than ${milliseconds / 1_000} s.`);
}

/** Node's codes as Pushline's; whatever else is thrown inside is no affair of the network. */
function asOutboundProblem(error: unknown): unknown {
  if (error instanceof OutboundProblem || !(error instanceof Error)) return error;
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code.startsWith("HPE_"))
    return new OutboundProblem(
      "malformed",
      "What it answered is not HTTP/1.1, or too much header.",
    );
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(code))
    return new OutboundProblem(
      "not_trusted",
      "No trusted TLS came about: its certificate is not trusted here, or it speaks none.",
    );
  if (/^E[A-Z]+$/.test(code) || error instanceof AggregateError)
    return new OutboundProblem("not_reached", "No connection came about, or it broke.");
  return error;
}
