import { createHmac, randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { bodyLimitBytes } from "@/lib/ingest/read-body";
import { secretOf } from "@/scripts/faults/credentials";
import type { Fault } from "@/scripts/faults/fault";
import type { Instance } from "@/scripts/faults/instance";

const source = "bodies";
const sizes = [bodyLimitBytes - 1, bodyLimitBytes, bodyLimitBytes + 1];

export const bodyLimit: Fault = {
  row: 16,
  load: "bodies of 25 MiB − 1, ± 0, + 1: plain, chunked, gzip",
  async run(instance) {
    const outcomes: string[] = [];
    for (const form of ["plain", "chunked", "gzip"] as const)
      outcomes.push(
        `${form} ${(await Promise.all(sizes.map((size) => send(instance, size, form)))).join(" ")}`,
      );
    const expected = outcomes.every((outcome) => outcome.endsWith(" 202 202 413"));
    const whole = await storedSizes(instance);
    const isWhole = whole.length === 6 && whole.every((size) => size >= bodyLimitBytes - 1);
    return {
      figure: `${outcomes.join(", ")}; ${whole.length} stored whole`,
      pass: expected && isWhole,
    };
  },
};

async function send(
  instance: Instance,
  bytes: number,
  form: "plain" | "chunked" | "gzip",
): Promise<number> {
  const decoded = Buffer.alloc(bytes, "a");
  const body = form === "gzip" ? gzipSync(decoded) : decoded;
  const { status } = await instance.ask(`/api/webhooks/${source}`, {
    method: "POST",
    body,
    headers: {
      "content-type": "text/plain",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secretOf(source)).update(body).digest("hex")}`,
      ...(form === "gzip" && { "content-encoding": "gzip" }),
      ...(form === "chunked" && { "transfer-encoding": "chunked" }),
    },
  });
  return status;
}

async function storedSizes({ databaseUrl }: Instance): Promise<number[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      "select length(body) as size from deliveries where source = $1",
      [source],
    );
    return rows.map(({ size }: { size: number }) => size);
  } finally {
    await client.end();
  }
}
