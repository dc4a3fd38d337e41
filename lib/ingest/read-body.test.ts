import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Problem } from "@/lib/http/problem";
import { BodyBudget, type BodyHold } from "@/lib/ingest/body-budget";
import { readBody } from "@/lib/ingest/read-body";

const mebibyte = 1024 * 1024;
const bomb = gzipSync(Buffer.alloc(24 * mebibyte), { level: 9 });

/** A request that has arrived whole. */
function arrived(body: Buffer, encoding: string): IncomingMessage {
  const headers = { "content-encoding": encoding };
  const stream = Object.assign(new PassThrough(), { headers, complete: true });
  stream.end(body);
  return stream as unknown as IncomingMessage;
}

/** Room for so much, and what was asked of it. */
function narrow(bytesAtMost: number): BodyHold & { taken: number[] } {
  const taken: number[] = [];
  return {
    taken,
    take: (bytes) => {
      taken.push(bytes);
      if (taken.reduce((sum, one) => sum + one, 0) > bytesAtMost)
        throw new Problem("overloaded", "There is no room.");
    },
    prove: () => undefined,
    release: () => undefined,
  };
}

describe("a gzip body", () => {
  it("asks for room piece by piece, and is inflated no further than there is", async () => {
    const hold = narrow(2 * mebibyte);
    await expect(readBody(arrived(bomb, "gzip"), hold)).rejects.toMatchObject({
      code: "overloaded",
    });
    const last = hold.taken.reduce((sum, one) => sum + one, 0) - 2 * mebibyte;
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThanOrEqual(64 * 1024);
  });

  it("holds what it came as and what it is", async () => {
    const hold = narrow(64 * mebibyte);
    const { wire, decoded } = await readBody(arrived(bomb, "gzip"), hold);
    expect(wire.equals(bomb)).toBe(true);
    expect(decoded.equals(Buffer.alloc(24 * mebibyte))).toBe(true);
    const held = hold.taken.reduce((sum, one) => sum + one, 0);
    expect(held).toBeGreaterThanOrEqual(wire.byteLength + decoded.byteLength);
  });

  it("is one of a thousand that find no room, while small ones do", async () => {
    const budget = new BodyBudget();
    let most = 0;
    const read = async (body: Buffer, index: number) => {
      const hold = budget.openForStranger(`9.9.${index % 100}.9`);
      try {
        await readBody(arrived(body, "gzip"), hold);
        most = Math.max(most, budget.held);
        return "read";
      } catch (error) {
        return (error as Problem).code;
      } finally {
        hold.release();
      }
    };
    const large = Array.from({ length: 1_000 }, (_, index) => read(bomb, index));
    const small = Array.from({ length: 20 }, (_, index) => read(gzipSync("{}"), index));
    expect(new Set(await Promise.all(small))).toEqual(new Set(["read"]));
    expect(new Set(await Promise.all(large))).toEqual(new Set(["read", "overloaded"]));
    expect(most).toBeLessThanOrEqual(256 * mebibyte);
    expect(budget.held).toBe(0);
  });
});

it("keeps a plain body's one piece as it is, without a copy", async () => {
  const piece = Buffer.from("{}");
  const { wire, decoded } = await readBody(arrived(piece, "identity"), narrow(2));
  expect(decoded).toBe(wire);
  expect(wire.buffer).toBe(piece.buffer);
});
