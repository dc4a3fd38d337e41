import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "@/lib/http/server/testing";
import {
  deliver,
  hostileSecret,
  hostileServer,
  hostileSources,
  settled,
  signatureOf,
} from "@/lib/ingest/testing-hostile";

let server: TestServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

describe.each(hostileSources)("a webhook of %s", (name) => {
  it.each([
    ["NUL", Buffer.from('{"action":"\0","a":"\\u0000"}')],
    ["lone surrogates", Buffer.from('{"action":"\\ud800","b":"\\udc00x"}')],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d])],
    [
      "200,000 levels of nesting",
      Buffer.from(`{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`),
    ],
    ["nesting that never ends", Buffer.from('{"a":'.repeat(200_000))],
    [
      "__proto__ and constructor",
      Buffer.from('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
    ],
    [
      "numbers beyond a double",
      Buffer.from('{"id":1e400,"created_at":1e400,"deployment":{"id":1e400}}'),
    ],
    ["bytes of no meaning", randomBytes(4_096)],
  ])("of %s is kept byte for byte, settled, and stops nothing", async (_name, body) => {
    const row = await settled(server, name, body);
    expect(row.body.equals(body)).toBe(true);
    expect(["failed", "ignored"]).toContain(row.outcome);
    expect(row.facts).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

it("takes headers of any bytes that HTTP allows", async () => {
  const headers = { "x-github-event": "\xff\xfe'; --", "x-github-delivery": "\xe9".repeat(6_000) };
  const { status } = await deliver(server, "github", Buffer.from("{}"), headers);
  expect(status).toBe(202);
});

describe("signatures", () => {
  it.each(hostileSources)(
    "missing, short, wrong or of another source make 401 and no row for %s",
    async (name) => {
      const count = async () =>
        (await server.database.db.selectFrom("deliveries").select("id").execute()).length;
      const before = await count();
      const body = Buffer.from(JSON.stringify({ unsigned: name }));
      const signature = (key: string) => signatureOf(body, key);
      for (const [proof, token] of [
        ["", ""],
        ["sha256=", "Bearer "],
        [signature(hostileSecret).slice(0, -1), `Bearer ${hostileSecret.slice(0, -1)}`],
        [`${signature(hostileSecret)}0`, `Bearer ${hostileSecret}0`],
        [signature(hostileSecret).slice(7), `Bearer ${hostileSecret.toUpperCase()}`],
        [signature(hostileSecret).replace("sha256", "sha1"), `Basic ${hostileSecret}`],
        [signature("another"), "Bearer another"],
        [signature(""), "Bearer"],
      ] as const)
        expect(
          (
            await deliver(server, name, body, {
              "x-hub-signature-256": proof,
              authorization: token,
            })
          ).status,
        ).toBe(401);
      expect(await count()).toBe(before);
    },
  );
});
