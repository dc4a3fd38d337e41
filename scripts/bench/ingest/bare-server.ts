import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { benchSecret } from "@/scripts/bench/ingest/payloads";

// The least that does the same: verify, one prepared insert into the same table, answer.
const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 });
const text = `
  insert into deliveries (source, provider, event, dedupe_key, headers, body, received_at)
  values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (dedupe_key) do nothing returning id`;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const body = Buffer.concat(chunks);
    const { headers } = request;
    const given = Buffer.from(String(headers["x-hub-signature-256"]).slice(7), "hex");
    const own = createHmac("sha256", benchSecret).update(body).digest();
    if (given.length !== own.length || !timingSafeEqual(given, own)) {
      response.writeHead(401).end();
      return;
    }
    const key = createHash("sha256").update(`github ${headers["x-github-delivery"]}`).digest();
    const kept = {
      "content-type": headers["content-type"],
      "x-github-event": headers["x-github-event"],
      "x-github-delivery": headers["x-github-delivery"],
    };
    const values = ["github", "github", headers["x-github-event"], key, kept, body, new Date()];
    const { rows } = await pool.query({ name: "insert", text, values });
    const answer = JSON.stringify({ delivery: String(rows[0]?.id), outcome: "accepted" });
    response
      .writeHead(202, {
        "content-type": "application/json; charset=utf-8",
        "content-length": Buffer.byteLength(answer),
      })
      .end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
