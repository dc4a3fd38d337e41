import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with one question. */
export type Fault =
  | { kind: "answer"; status: number; headers?: Record<string, string>; message?: string }
  /** Half of the body, then nothing. */
  | { kind: "cut" }
  /** More than anybody takes. */
  | { kind: "long" }
  | { kind: "redirect"; to: string };

/** An API in its provider's published shapes, and what a backfill asks of it. */
export interface TestProvider {
  provider: string;
  subject: string;
  /** Where its API begins on its host, as installations of one's own have it. */
  path: string;
  /** What it answers below that; undefined: it knows no such thing. */
  serve(asked: Asked): Served | undefined;
}

interface Asked {
  url: URL;
  method: string;
  /** Where the API is, for links; another place where a test says so. */
  api: string;
}

export interface Served {
  json: unknown;
  headers?: Record<string, string>;
}

/** A provider's API on loopback, that can be told to fail. */
export class TestApi {
  readonly asked: string[] = [];
  /** Every header by which a question was proved. */
  readonly tokens = new Set<string | undefined>();
  /** What befalls the question of this number, counted from 0; undefined: nothing. */
  fault: (question: number, path: string) => Fault | undefined = () => undefined;
  /** Called before an answer goes out. */
  onAsk: (question: number, path: string) => void | Promise<void> = () => undefined;
  /** What stands in links instead of its own address. */
  linksTo: string | null = null;
  private readonly server: Server;

  private constructor(private readonly provider: TestProvider) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(provider: TestProvider): Promise<TestApi> {
    const api = new TestApi(provider);
    await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get api(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.provider.path}`;
  }

  reset(): void {
    this.asked.length = 0;
    this.tokens.clear();
    this.fault = () => undefined;
    this.onAsk = () => undefined;
    this.linksTo = null;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").slice(this.provider.path.length);
    const question = this.asked.push(path) - 1;
    const { authorization, "private-token": token } = request.headers;
    this.tokens.add(authorization ?? (token === undefined ? undefined : String(token)));
    await this.onAsk(question, path);
    const fault = this.fault(question, path);
    if (fault?.kind === "answer") {
      response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
      response.end(JSON.stringify({ message: fault.message ?? "No." }));
    } else if (fault?.kind === "long") {
      response.on("error", () => undefined);
      response.writeHead(200).end(Buffer.alloc(33 * 1024 * 1024, " "));
    } else if (fault?.kind === "redirect") {
      response.writeHead(301, { location: fault.to }).end();
    } else {
      this.send(response, path, request.method ?? "GET", fault?.kind === "cut");
    }
  }

  private send(response: ServerResponse, path: string, method: string, isCut: boolean): void {
    const url = new URL(path, this.api);
    const served = this.provider.serve({ url, method, api: this.linksTo ?? this.api });
    if (served === undefined) {
      response.writeHead(404).end(JSON.stringify({ message: "Not Found" }));
      return;
    }
    const body = Buffer.from(JSON.stringify(served.json));
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": body.length,
      ...served.headers,
    });
    if (!isCut) return void response.end(body);
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  }
}

/** Small pages, whatever was asked for. */
export const itemsPerPage = 2;

/** Link headers as GitHub and GitLab send them (RFC 8288). */
export function linksOf(
  { url, api }: Pick<Asked, "url" | "api">,
  page: number,
  pages: number,
): Record<string, string> {
  if (pages < 2) return {};
  const to = (number: number) => {
    const target = new URL(`${api}${url.pathname}${url.search}`);
    target.searchParams.set("page", String(number));
    return target.href;
  };
  const next = page < pages ? [`<${to(page + 1)}>; rel="next"`] : [];
  return { link: [...next, `<${to(pages)}>; rel="last"`, `<${to(1)}>; rel="first"`].join(", ") };
}
