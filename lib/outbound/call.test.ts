import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { callOutside, type OutboundCall } from "@/lib/outbound/call";
import type { Resolver } from "@/lib/outbound/pin-host";
import { OutboundProblem } from "@/lib/outbound/problem";

const running: { close(): void }[] = [];
afterEach(() => {
  for (const { close } of running.splice(0)) close();
});

/** Listens on loopback for one test; answers the port. */
async function serve(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  running.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function textOf(call: Partial<OutboundCall> & { address: string }): Promise<string> {
  const { address, ...more } = call;
  return callOutside({ url: new URL(address), ...more }, async ({ body }) => {
    const chunks: Buffer[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  });
}

/** What it was refused for. */
async function refusal(
  call: Partial<OutboundCall> & { address: string },
): Promise<OutboundProblem> {
  const outcome = await textOf(call).then(
    (text) => new Error(`It answered ${text}`),
    (error: unknown) => error,
  );
  if (outcome instanceof OutboundProblem) return outcome;
  throw outcome;
}

const resolvesTo =
  (...addresses: string[]): Resolver =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("where it calls", () => {
  it("asks for the name once, and connects to the address that was checked", async () => {
    const asked: (string | undefined)[] = [];
    const port = await serve((request, response) => {
      asked.push(request.headers.host);
      response.end("from the checked address");
    });
    const answers = [["127.0.0.1"], ["169.254.169.254"]];
    const questions: string[] = [];
    const resolver: Resolver = async (name) => {
      questions.push(name);
      return (answers.shift() ?? []).map((address) => ({ address, family: 4 }));
    };
    const address = `http://rebinding.example:${port}/`;
    expect(await textOf({ address, resolver })).toBe("from the checked address");
    expect(questions).toEqual(["rebinding.example"]);
    expect(asked).toEqual([`rebinding.example:${port}`]);
    expect((await refusal({ address, resolver })).code).toBe("address_refused");
  });

  it("refuses a name as soon as one of its addresses must not be called", async () => {
    const port = await serve((_request, response) => response.end("reached"));
    const address = `http://mixed.example:${port}/`;
    for (const resolver of [
      resolvesTo("127.0.0.1", "169.254.169.254"),
      resolvesTo("fe80::1", "127.0.0.1"),
      resolvesTo("127.0.0.1", "::ffff:169.254.169.254"),
    ])
      expect((await refusal({ address, resolver })).code).toBe("address_refused");
  });

  it("tries the next of the checked addresses where nobody listens at the first", async () => {
    const port = await serve((_request, response) => response.end("reached"));
    const resolver = resolvesTo("::1", "127.0.0.1");
    expect(await textOf({ address: `http://both.example:${port}/`, resolver })).toBe("reached");
  });

  it.each(["http://2852039166/", "http://[::ffff:a9fe:a9fe]/", "http://0251.0376.0251.0376/"])(
    "refuses %s without resolving anything",
    async (address) => {
      const resolver: Resolver = () => Promise.reject(new Error("It was asked."));
      expect((await refusal({ address, resolver })).code).toBe("address_refused");
    },
  );

  it.each([301, 302, 303, 307, 308])("follows no redirect: %i", async (status) => {
    let requests = 0;
    const port = await serve((_request, response) => {
      requests += 1;
      response.writeHead(status, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    });
    const problem = await refusal({ address: `http://127.0.0.1:${port}/` });
    expect(problem.code).toBe("redirected");
    expect(problem.message).not.toContain("169.254");
    expect(requests).toBe(1);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1/", "data:text/plain,hello"])(
    "calls nothing but http and https: %s",
    async (address) => {
      expect((await refusal({ address })).code).toBe("not_http");
    },
  );

  it("takes no user in the address, and says nothing of it", async () => {
    const problem = await refusal({ address: "http://ana:hunter2@127.0.0.1/" });
    expect(problem.code).toBe("not_http");
    expect(JSON.stringify([problem.message, problem.stack])).not.toContain("hunter2");
  });

  it("sends credentials in Authorization alone, and no error holds them", async () => {
    const seen: string[] = [];
    const port = await serve((request, response) => {
      seen.push(String(request.headers.authorization), String(request.url));
      response.destroy();
    });
    const authorization = "Bearer engine-secret";
    const problem = await refusal({ address: `http://127.0.0.1:${port}/x`, authorization });
    expect(seen).toEqual([authorization, "/x"]);
    expect(problem.code).toBe("not_reached");
    expect(JSON.stringify([problem.message, problem.stack, problem])).not.toContain("secret");
  });

  it("asks for the certificate of the name, and trusts no server without one", async () => {
    const names: string[] = [];
    const server = createTlsServer({
      SNICallback(name, answer) {
        names.push(name);
        answer(null);
      },
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const address = `https://engine.example:${port}/`;
    const problem = await refusal({ address, resolver: resolvesTo("127.0.0.1") });
    expect(problem.code).toBe("not_trusted");
    expect(names).toEqual(["engine.example"]);
    server.close();
    const plain = await serve((_request, response) => response.end("plain"));
    expect((await refusal({ address: `https://127.0.0.1:${plain}/` })).code).toBe("not_trusted");
  });

  it("says that a name or a port leads nowhere", async () => {
    const resolver: Resolver = () => Promise.reject(new Error("ENOTFOUND nowhere.example"));
    expect((await refusal({ address: "http://nowhere.example/", resolver })).code).toBe(
      "not_resolved",
    );
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect((await refusal({ address: `http://127.0.0.1:${port}/` })).code).toBe("not_reached");
  });
});

describe("what it takes", () => {
  it("reads gzip", async () => {
    const port = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("unpacked")),
    );
    expect(await textOf({ address: `http://127.0.0.1:${port}/` })).toBe("unpacked");
  });

  it("refuses every other encoding, and what only says that it is gzip", async () => {
    const port = await serve((request, response) => {
      const encoding = request.url?.slice(1) ?? "";
      response.writeHead(200, { "content-encoding": encoding }).end(brotliCompressSync("packed"));
    });
    const at = (encoding: string) => refusal({ address: `http://127.0.0.1:${port}/${encoding}` });
    expect((await at("br")).code).toBe("unsupported_encoding");
    expect((await at("deflate")).code).toBe("unsupported_encoding");
    expect((await at("gzip")).code).toBe("malformed");
  });

  it("stops an endless body at its cap, and closes the connection", async () => {
    let isClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve;
    });
    const port = await serve((_request, response) => {
      response.on("close", isClosed);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, "x")));
      };
      response.on("drain", more);
      more();
    });
    const address = `http://127.0.0.1:${port}/`;
    expect((await refusal({ address, bytesAtMost: 1_000_000 })).code).toBe("too_large");
    await closed;
  });

  it("stops a gzip bomb by what it unpacks to, in bounded memory", async () => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024), { level: 9 });
    const port = await serve((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const reading = callOutside(
      { url: new URL(`http://127.0.0.1:${port}/`), bytesAtMost: 20_000_000 },
      async ({ body }) => {
        for await (const _chunk of body)
          most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      },
    );
    await expect(reading).rejects.toMatchObject({ code: "too_large" });
    expect(most).toBeLessThan(32 * 1024 * 1024);
  });

  it("ends a slow drip when its time is over, whoever is to blame", async () => {
    const drips: NodeJS.Timeout[] = [];
    const port = await serve((_request, response) => {
      response.flushHeaders();
      drips.push(setInterval(() => response.write("."), 20));
    });
    const address = `http://127.0.0.1:${port}/`;
    expect((await refusal({ address, milliseconds: 300 })).code).toBe("timed_out");
    for (const drip of drips) clearInterval(drip);
    const never: Resolver = () => new Promise(() => undefined);
    const slow = { address: "http://slow.example/", resolver: never, milliseconds: 100 };
    expect((await refusal(slow)).code).toBe("timed_out");
  });

  it("ends a server that takes the connection and never answers", async () => {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const problem = await refusal({ address: `http://127.0.0.1:${port}/`, milliseconds: 200 });
    expect(problem.code).toBe("timed_out");
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it.each([
    ["more header than 16 KB", `HTTP/1.1 200 OK\r\nx: ${"y".repeat(40_000)}\r\n\r\n`],
    ["what is not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
  ])("refuses %s", async (_what, said) => {
    const server = createTcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => socket.end(said));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect((await refusal({ address: `http://127.0.0.1:${port}/` })).code).toBe("malformed");
    server.close();
  });
});
