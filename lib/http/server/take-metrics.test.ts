import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const request = (value: number) => ({
  resourceMetrics: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "checkout" } }] },
      scopeMetrics: [
        {
          metrics: [
            {
              name: "queue.depth",
              gauge: {
                dataPoints: [
                  { timeUnixNano: String(BigInt(Date.now()) * 1_000_000n), asDouble: value },
                ],
              },
            },
          ],
        },
      ],
    },
  ],
});

const send = (body: Buffer<ArrayBuffer> | string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/v1/metrics`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...bearer("sender"), ...headers },
  });

describe("POST /v1/metrics", () => {
  it("200 for JSON, plain and gzip, with the samples stored", async () => {
    const plain = await send(JSON.stringify(request(3)));
    expect([plain.status, await plain.json()]).toEqual([200, {}]);
    const packed = await send(Buffer.from(gzipSync(JSON.stringify(request(4)))), {
      "content-encoding": "gzip",
    });
    expect(packed.status).toBe(200);
    const series = await server.database.db.selectFrom("series").selectAll().execute();
    expect(series).toHaveLength(1);
  });

  it("200 in protobuf for protobuf", async () => {
    const response = await send(Buffer.alloc(0), { "content-type": "application/x-protobuf" });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      "application/x-protobuf",
    ]);
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });

  it("200 with a partial success that says what was left out", async () => {
    const body = request(1);
    const points = body.resourceMetrics[0]?.scopeMetrics[0]?.metrics[0]?.gauge.dataPoints;
    points?.push({ timeUnixNano: "0", asDouble: 1 });
    const answer = await (await send(JSON.stringify(body))).json();
    expect(answer.partialSuccess.rejectedDataPoints).toBe("1");
  });

  it("400 for what is not the encoding it claims, 401 and 403 without the scope, 415 for another", async () => {
    expect((await send("{")).status).toBe(400);
    expect((await send("{}", { authorization: "" })).status).toBe(401);
    expect((await send("{}", bearer("reader"))).status).toBe(403);
    expect((await send("{}", { "content-type": "text/plain" })).status).toBe(415);
  });
});
