import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answersOf } from "@/lib/backfill/testing-shop";

/** What goes wrong with one question. */
export type Fault =
  | { kind: "answer"; status: number; headers?: Record<string, string>; message?: string }
  /** Half of the body, then nothing. */
  | { kind: "cut" }
  | { kind: "redirect"; to: string };

const itemsPerPage = 2;

/** GitHub's REST API on loopback, for the one repository of testing-shop.ts. */
export class TestGithub {
  readonly asked: string[] = [];
  readonly tokens = new Set<string | undefined>();
  /** What befalls the question of this number, counted from 0; undefined: nothing. */
  fault: (question: number, path: string) => Fault | undefined = () => undefined;
  /** Called before an answer goes out. */
  onAsk: (question: number, path: string) => void | Promise<void> = () => undefined;
  /** What stands in Link instead of its own address. */
  linksTo: string | null = null;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async start(): Promise<TestGithub> {
    const github = new TestGithub();
    await new Promise<void>((resolve) => github.server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  /** With a path, as an Enterprise Server has one. */
  get api(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v3`;
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
    const path = (request.url ?? "").replace(/^\/api\/v3/, "");
    const question = this.asked.push(path) - 1;
    this.tokens.add(request.headers.authorization);
    await this.onAsk(question, path);
    const fault = this.fault(question, path);
    if (fault?.kind === "answer") {
      response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
      response.end(JSON.stringify({ message: fault.message ?? "No." }));
    } else if (fault?.kind === "redirect") {
      response.writeHead(301, { location: fault.to }).end();
    } else {
      this.send(response, path, fault?.kind === "cut");
    }
  }

  private send(response: ServerResponse, path: string, isCut: boolean): void {
    const { pathname, searchParams } = new URL(path, this.api);
    const found = answersOf(pathname, searchParams);
    if (found === undefined) {
      response.writeHead(404).end(JSON.stringify({ message: "Not Found" }));
      return;
    }
    const page = Number(searchParams.get("page") ?? 1);
    const { json, pages } = paged(found, page);
    const body = Buffer.from(JSON.stringify(json));
    const links = this.linksOf(path, page, pages);
    response.writeHead(200, {
      "content-type": "application/json; charset=utf-8",
      "content-length": body.length,
      ...(links && { link: links }),
    });
    if (!isCut) return void response.end(body);
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  }

  private linksOf(path: string, page: number, pages: number): string | null {
    if (pages < 2) return null;
    const to = (number: number) => {
      const url = new URL(`${this.linksTo ?? this.api}${path}`);
      url.searchParams.set("page", String(number));
      return url.href;
    };
    const next = page < pages ? [`<${to(page + 1)}>; rel="next"`] : [];
    return [...next, `<${to(pages)}>; rel="last"`, `<${to(1)}>; rel="first"`].join(", ");
  }
}

/** Small pages, whatever was asked for; what is one object is one page. */
function paged(found: unknown, page: number): { json: unknown; pages: number } {
  const cut = (items: unknown[]) => items.slice((page - 1) * itemsPerPage, page * itemsPerPage);
  const count = (items: unknown[]) => Math.max(1, Math.ceil(items.length / itemsPerPage));
  if (Array.isArray(found)) return { json: cut(found), pages: count(found) };
  const [name, items] =
    Object.entries(Object(found)).find(([, value]) => Array.isArray(value)) ?? [];
  const isCounted = name !== undefined && "total_count" in Object(found);
  if (!isCounted) return { json: found, pages: 1 };
  return {
    json: { ...Object(found), [name]: cut(items as unknown[]) },
    pages: count(items as unknown[]),
  };
}
