import { addressHeader } from "@/lib/http/client-address";
import { handle } from "@/lib/http/handle";
import {
  beginProviderSignInRoute,
  finishProviderSignInRoute,
  linkProviderRoute,
} from "@/lib/http/routes/sign-in-providers";

export const pushline = "http://127.0.0.1:3999";
const callbackPath = /^\/api\/v1\/sign-in\/([^/]+)\/callback$/;

/** A browser with Pushline's pages: it keeps cookies per origin and follows redirects. */
export interface Browser {
  /** Asks Pushline to begin; the answer as it came. */
  begin(provider: string, body?: object): Promise<Response>;
  link(provider: string, body?: object): Promise<Response>;
  /** Goes to an address and follows, until the page to which Pushline leads: its Location. */
  follow(address: string): Promise<string>;
  /** Goes to an address and follows, until the callback, without asking for that. */
  followToCallback(address: string): Promise<URL>;
  /** Asks Pushline's callback. */
  comeBack(address: URL, more?: Record<string, string>): Promise<Response>;
  cookies(origin: string): Map<string, string>;
}

export function newBrowser({ address = "203.0.113.7" } = {}): Browser {
  const jars = new Map<string, Map<string, string>>();
  const jar = (origin: string) => {
    const found = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, found);
    return found;
  };
  const cookieHeader = (origin: string) =>
    [...jar(origin)].map(([name, value]) => `${name}=${value}`).join("; ");
  const keep = (origin: string, answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split("; ");
      const [name = "", value = ""] = [
        pair.slice(0, pair.indexOf("=")),
        pair.slice(pair.indexOf("=") + 1),
      ];
      const isOver = value === "" || attributes.some((each) => /^max-age=0$/i.test(each));
      if (isOver) jar(origin).delete(name);
      else jar(origin).set(name, value);
    }
    return answer;
  };
  const headers = () =>
    new Headers({
      host: new URL(pushline).host,
      cookie: cookieHeader(pushline),
      origin: pushline,
      "user-agent": "Test browser",
      [addressHeader]: address,
    });
  const post = async (path: string, body: object, answer: ReturnType<typeof handle>) => {
    const request = new Request(`${pushline}${path}`, {
      method: "POST",
      headers: headers(),
      body: JSON.stringify(body),
    });
    const provider = path.split("/").at(-1) ?? "";
    return keep(pushline, await answer(request, { params: Promise.resolve({ provider }) }));
  };
  const browser: Browser = {
    cookies: jar,
    begin: (provider, body = {}) =>
      post(`/api/v1/sign-in/${provider}`, body, handle(beginProviderSignInRoute)),
    link: (provider, body = {}) =>
      post(`/api/v1/me/identities/${provider}`, body, handle(linkProviderRoute)),
    async comeBack(callback, more = {}) {
      const provider = callbackPath.exec(callback.pathname)?.[1] ?? "";
      const request = new Request(callback, {
        headers: { ...Object.fromEntries(headers()), ...more },
      });
      const params = Promise.resolve({ provider });
      return keep(pushline, await handle(finishProviderSignInRoute)(request, { params }));
    },
    async followToCallback(start) {
      let here = new URL(start);
      for (let steps = 0; here.origin !== pushline; steps += 1) {
        if (steps > 15) throw new Error(`Led in circles at ${here}`);
        const answer = keep(
          here.origin,
          await fetch(here, { redirect: "manual", headers: { cookie: cookieHeader(here.origin) } }),
        );
        const location = answer.headers.get("location");
        if (!location) throw new Error(`${here} answered ${answer.status}: ${await answer.text()}`);
        here = new URL(location, here);
      }
      return here;
    },
    async follow(start) {
      const answer = await browser.comeBack(await browser.followToCallback(start));
      return answer.headers.get("location") ?? `${answer.status} ${await answer.text()}`;
    },
  };
  return browser;
}
