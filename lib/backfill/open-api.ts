import type { IncomingHttpHeaders } from "node:http";
import { ApiAway, ApiLimit, ApiRefusal } from "@/lib/backfill/api-problem";
import { lastPage, nextPage, pathBelow } from "@/lib/backfill/links";
import { callOutside, type OutboundAnswer } from "@/lib/outbound/call";
import type { Resolver } from "@/lib/outbound/pin-host";
import { OutboundProblem } from "@/lib/outbound/problem";
import { textOf } from "@/lib/outbound/text-of";
import type { Ask, History } from "@/lib/sources/history";

export interface Api {
  ask: Ask;
  /** One page of a list, with the address of the next and how many there are where it says so. */
  page(path: string): Promise<{ json: unknown; next: string | null; pages: number | null }>;
  /** How many questions were asked so far. */
  questions(): number;
}

export interface ApiOptions {
  address: URL;
  /** Headers that prove who asks. */
  credentials: Record<string, string>;
  accept: string;
  /** Where bodies or addresses tell of the next page, and not the Link header. */
  nextPage?: History["nextPage"];
  signal: AbortSignal;
  resolver?: Resolver;
  /** Before every question. */
  onAsk?: () => Promise<void>;
}

const secondsAtMost = 30;
const bytesAtMost = 32 * 1024 * 1024;
const goneStatuses = [403, 404, 410, 422, 451];
const saidLength = 200;
/** Of a list that belongs to one item: an API that pages in a circle must not fill the memory. */
const pagesAtMost = 100;
const itemsAtMost = 100_000;
const listBytesAtMost = 64 * 1024 * 1024;
/** Seconds from here on are a moment since 1970, and below it a while. */
const momentFrom = 1e9;

/**
 * An API whose lists are paged by Link headers, or as `nextPage` says, and whose limits
 * are told by retry-after and ratelimit headers, asked one question at a time. Throws
 * ApiLimit, ApiRefusal and, for what may pass, OutboundProblem.
 */
export function openApi(options: ApiOptions): Api {
  const { address } = options;
  /** A limit that the last answer used up ends the next question before it is asked. */
  let exhausted: ApiLimit | null = null;
  let questions = 0;

  async function question(path: string, method: "GET" | "POST" = "GET") {
    if (exhausted) throw exhausted;
    await options.onAsk?.();
    questions += 1;
    const url = new URL(`${address.origin}${address.pathname.replace(/\/+$/, "")}${path}`);
    const bounds = { milliseconds: secondsAtMost * 1_000, bytesAtMost };
    const encryptedOutside = Object.keys(options.credentials).length > 0;
    const call = { ...options, ...bounds, url, method, encryptedOutside };
    return callOutside(call, async (answer) => {
      const body = await textOf(answer.body);
      refuse(answer, body);
      exhausted = used(answer.headers);
      const link = String(answer.headers.link ?? "");
      return { json: method === "POST" ? null : jsonOf(body), link, length: body.length };
    });
  }
  /** Providers speak of paths below the API's address; the bodies of some, of whole addresses. */
  const addressOf = (told: string) =>
    told.startsWith("/") ? `${address.origin}${address.pathname.replace(/\/+$/, "")}${told}` : told;
  const page = async (path: string) => {
    const { json, link, length } = await question(path);
    const told = options.nextPage?.(json, path);
    const next = told
      ? pathBelow(addressOf(told), address)
      : told === undefined
        ? nextPage(link, address)
        : null;
    if (next === path) throw new ApiRefusal(200, "Its next page is the same page again.");
    return { json, next, pages: lastPage(link), length };
  };
  const ask = async (path: string) => (await question(path)).json;
  const every = async (path: string) => {
    let items: unknown[] = [];
    let length = 0;
    for (let next: string | null = path, pages = 0; next !== null; pages += 1) {
      if (pages === pagesAtMost || items.length > itemsAtMost)
        throw new ApiRefusal(200, "One of its lists has no end.");
      const answer = await page(next);
      items = items.concat(listIn(answer.json));
      length += answer.length;
      if (length > listBytesAtMost)
        throw new ApiRefusal(200, "One of its lists is larger than 64 MB.");
      next = answer.next;
    }
    return items;
  };
  return {
    page,
    questions: () => questions,
    ask: Object.assign(ask, {
      optional: (path: string) => unlessGone(() => ask(path)),
      every: (path: string) => unlessGone(() => every(path)),
      order: async (path: string) => (await unlessGone(() => question(path, "POST"))) !== null,
    }),
  };
}

/** A list as it stands, or as the one list inside of an object that counts it. */
function listIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json;
  return Object.values(Object(json)).find(Array.isArray) ?? [];
}

async function unlessGone<Answer>(asking: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await asking();
  } catch (error) {
    if (error instanceof ApiRefusal && goneStatuses.includes(error.status)) return null;
    throw error;
  }
}

/** What is not an answer: a limit, a refusal, or trouble that may pass. */
function refuse({ status, headers }: OutboundAnswer, body: string): void {
  if (status >= 200 && status < 300) return;
  if (status === 403 || status === 429) {
    const wait = retryAfter(headers) ?? used(headers)?.milliseconds;
    if (wait !== undefined) throw new ApiLimit(wait);
    if (status === 429 || /rate limit|abuse/i.test(body)) throw new ApiLimit(null);
  }
  const wait = retryAfter(headers);
  if (status === 503 && wait !== undefined) throw new ApiAway(status, wait);
  if (status >= 500 || status === 408)
    throw new OutboundProblem("refused", `It answered ${status}.`);
  throw new ApiRefusal(status, messageIn(body));
}

function retryAfter(headers: IncomingHttpHeaders): number | undefined {
  const seconds = Number(headers["retry-after"]);
  if (headers["retry-after"] && seconds >= 0) return seconds * 1_000;
  const [until, now] = [headers["retry-after"], headers.date].map((time) => Date.parse(time ?? ""));
  // By the API's own clock, or by ours where it does not tell its own.
  return until ? Math.max(1_000, until - (now || Date.now())) : undefined;
}

/** The limit when it has just been used up, by the API's own clock. */
function used(headers: IncomingHttpHeaders): ApiLimit | null {
  const told = (name: string) => headers[`x-ratelimit-${name}`] ?? headers[`ratelimit-${name}`];
  if (told("remaining") !== "0") return null;
  const reset = Number(told("reset"));
  // Some tell the moment, and some how many seconds are left of the window.
  if (reset > 0 && reset < momentFrom) return new ApiLimit(reset * 1_000 + 1_000);
  const now = Date.parse(headers.date ?? "");
  return new ApiLimit(reset > 0 && now > 0 ? Math.max(1_000, reset * 1_000 - now + 1_000) : null);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OutboundProblem("malformed", "What it answered is not JSON, or not all of it.");
  }
}

function messageIn(body: string): string {
  try {
    const { message, error } = Object(JSON.parse(body));
    const said = [message, error?.message, error].find((words) => typeof words === "string");
    return said?.slice(0, saidLength) ?? "";
  } catch {
    return "";
  }
}
