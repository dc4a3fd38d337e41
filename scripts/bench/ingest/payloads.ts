import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const benchSecret = "benchmark-secret";
const folder = "lib/sources/github/fixtures";

interface Fixture {
  file: string;
  headers: Record<string, string>;
  grade: string;
}

/** Requests as GitHub sends them, ready for the wire but for the delivery's id. */
export interface Payload {
  /** Everything before the id's value, and everything after it, body included. */
  before: Buffer;
  after: Buffer;
  bodyBytes: number;
}

/** The published payloads of GitHub that the reader is tested with, signed. */
export function readPayloads(): Payload[] {
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as Fixture[];
  return index
    .filter(({ grade }) => grade === "captured" || grade === "vendor")
    .map(({ file, headers }) => {
      const body = readFileSync(join(folder, file));
      const signature = createHmac("sha256", benchSecret).update(body).digest("hex");
      const head = [
        "POST /api/webhooks/github HTTP/1.1",
        "host: 127.0.0.1",
        "user-agent: GitHub-Hookshot/0000000",
        "accept: */*",
        `content-type: ${headers["content-type"]}`,
        `x-github-event: ${headers["x-github-event"]}`,
        `content-length: ${body.byteLength}`,
        `x-hub-signature-256: sha256=${signature}`,
        "x-github-delivery: ",
      ].join("\r\n");
      return {
        before: Buffer.from(head),
        after: Buffer.concat([Buffer.from("\r\n\r\n"), body]),
        bodyBytes: body.byteLength,
      };
    });
}
