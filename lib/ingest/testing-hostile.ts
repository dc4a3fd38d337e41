import { createHmac, randomBytes } from "node:crypto";
import { type TestServer, testServer, testSource } from "@/lib/http/server/testing";
import { contextOver, projectAll } from "@/lib/projection/testing";
import { providers } from "@/lib/sources/registry";

export const hostileSecret = "a-secret";
/** A source of each provider that may be named in pushline.yaml. */
export const hostileSources = providers
  .map(({ name }) => name)
  .filter((name) => name !== "pushline");

/** A server with a source of each provider, for what no sender should send. */
export function hostileServer(): Promise<TestServer> {
  return testServer({
    sources: hostileSources.map((name) =>
      testSource({
        name,
        provider: name,
        auth: name === "github" ? "signature" : "bearer",
        secrets: [hostileSecret],
      }),
    ),
  });
}

/** A delivery that proves itself, whatever is in it. */
export async function deliver(
  server: TestServer,
  name: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${server.url}/api/webhooks/${name}`, {
    method: "POST",
    body: Buffer.from(body),
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${hostileSecret}`,
      "x-github-event": "deployment",
      "x-github-delivery": randomBytes(8).toString("hex"),
      "x-hub-signature-256": signatureOf(body, hostileSecret),
      ...headers,
    },
  });
  return { status: response.status, answer: await response.json() };
}

export function signatureOf(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Delivers and projects; answers what became of it. Throws where it was refused. */
export async function settled(server: TestServer, name: string, body: Uint8Array) {
  const { status, answer } = await deliver(server, name, body);
  if (status !== 202) throw new Error(`answered ${status}`);
  await projectAll(contextOver(server.database.db));
  return server.database.db
    .selectFrom("deliveries")
    .select(["outcome", "error_code", "error", "facts", "body"])
    .where("id", "=", Number(answer.delivery))
    .executeTakeFirstOrThrow();
}
