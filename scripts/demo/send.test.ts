import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { checkInstance } from "@/scripts/demo/preflight";
import { eventsRequest, githubRequest } from "@/scripts/demo/requests";
import { sendAll, sendOne, type Target } from "@/scripts/demo/send";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** An instance that answers what it is told to. */
async function sink(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Target> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => answer(request, response));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(
    () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, connections: 3 };
}

const event = eventsRequest({ type: "release" }, { token: "t" });

describe("sending", () => {
  it("sends everything once, over a bounded number of connections", async () => {
    let open = 0;
    let most = 0;
    const target = await sink((_, response) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        response.writeHead(202).end("{}");
      });
    });
    let sent = 0;
    await sendAll(
      target,
      Array.from({ length: 50 }, () => event),
      () => {
        sent += 1;
      },
    );
    expect(sent).toBe(50);
    expect(most).toBeLessThanOrEqual(3);
  });

  it.each([429, 503])("waits as asked after %i and sends it again", async (status) => {
    const waits = ["7", "900", undefined];
    const target = await sink((_, response) => {
      if (waits.length === 0) response.writeHead(202).end('{"outcome":"accepted"}');
      else {
        const asked = waits.shift();
        response.writeHead(status, asked ? { "retry-after": asked } : {}).end();
      }
    });
    const waited: number[] = [];
    const wait = async (milliseconds: number) => waited.push(milliseconds);
    expect(await sendOne({ ...target, wait }, event)).toEqual({ outcome: "accepted" });
    expect(waited).toEqual([7_000, 30_000, 3_000]);
  });

  it.each([
    [503, 10],
    [429, 100],
  ])("gives up when it is told %i for ever", async (status, attempts) => {
    const target = await sink((_, response) => response.writeHead(status).end());
    const sending = sendOne({ ...target, wait: async () => {} }, event);
    await expect(sending).rejects.toThrow(`still answers ${status} after ${attempts} attempts`);
  });

  it("tries again when the connection breaks", async () => {
    let calls = 0;
    const target = await sink((request, response) => {
      calls += 1;
      if (calls === 1) request.socket.destroy();
      else response.writeHead(202).end("{}");
    });
    await sendOne({ ...target, wait: async () => {} }, event);
    expect(calls).toBe(2);
  });

  it("stops at the first refusal, and says what to put where", async () => {
    let calls = 0;
    const target = await sink((_, response) => {
      calls += 1;
      response.writeHead(401).end("{}");
    });
    await expect(
      sendAll(
        target,
        Array.from({ length: 50 }, () => event),
      ),
    ).rejects.toThrow(/--token or PUSHLINE_TOKEN/);
    expect(calls).toBeLessThanOrEqual(3);
    await expect(sendOne(target, githubRequest({ event: "ping", body: {} }))).rejects.toThrow(
      /the demo's signature.*\n.*pushline\.yaml/,
    );
  });

  it("shows the reason of any other refusal, without the token", async () => {
    const target = await sink((_, response) =>
      response.writeHead(400).end('{"detail":"status is missing"}'),
    );
    const error = await sendOne(target, eventsRequest({}, { token: "hush" })).catch(
      (caught: Error) => caught.message,
    );
    expect(error).toMatch(/400.*status is missing/);
    expect(error).not.toContain("hush");
  });
});

describe("the check before anything is sent", () => {
  it("says how to start an instance where nothing answers", async () => {
    const target = await sink((_, response) => response.end());
    for (const close of closing.splice(0)) await close();
    await expect(checkInstance(target, "t")).rejects.toThrow(
      /PUSHLINE_CONFIG=scripts\/demo\/pushline.yaml npm start/,
    );
  });

  const instance = (deployments: unknown[]) =>
    sink((request, response) => {
      const body = request.url?.startsWith("/api/v1/deployments") ? { items: deployments } : {};
      response.writeHead(request.method === "POST" ? 202 : 200).end(JSON.stringify(body));
    });

  it("tells an empty instance from one that has deployments", async () => {
    expect(await checkInstance(await instance([]), "t")).toBe(false);
    expect(await checkInstance(await instance([{ id: "d" }]), "t")).toBe(true);
  });

  it("names the source that the instance does not know", async () => {
    const target = await sink((request, response) =>
      response.writeHead(request.url === "/api/webhooks/alerts" ? 404 : 202).end("{}"),
    );
    await expect(checkInstance(target, "t")).rejects.toThrow(
      /does not know \/api\/webhooks\/alerts/,
    );
  });
});
