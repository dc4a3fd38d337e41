import { createHmac, randomBytes, randomUUID } from "node:crypto";
import pg from "pg";
import { pagePatterns } from "@/app/testing/page-addresses";
import { expect, test } from "@/app/testing/visit";
import { startTemporaryPostgres } from "@/db/testing/postgres";
import { manifest } from "@/lib/http/manifest";
import { firstAdmin, Instance, until } from "@/lib/http/testing/instance";

test.setTimeout(240_000);

/** A secret that stands nowhere else in the world. */
const canary = (name: string) => `canary.${name}.${randomBytes(12).toString("hex")}`;
const secrets = {
  signature: canary("signature"),
  formerSignature: canary("former"),
  bearer: canary("bearer"),
  password: canary("password"),
  header: canary("header"),
  path: canary("path"),
  fileToken: canary("token"),
  engineUser: canary("engine"),
  clientSecret: canary("client"),
  addedSource: canary("added"),
  rotatedSource: canary("rotated"),
  engineToken: canary("credential"),
  enginePassword: canary("basic"),
  person: canary("person"),
  wrongPassword: canary("guess"),
  wrongToken: `pl_${canary("wrong")}`,
  wrongKey: canary("key"),
  inAddress: canary("address"),
};
/** Those that Pushline makes itself are told once, and kept here to be looked for. */
const made: Record<string, string> = {};

const configuration = `
sources:
  - { name: signed, provider: github, secret: ["${secrets.formerSignature}", "${secrets.signature}"] }
  - { name: bearing, provider: alertmanager, auth: bearer, token: "${secrets.bearer}" }
  - { name: basic, provider: alertmanager, auth: basic, username: ci, password: "${secrets.password}" }
  - { name: heading, provider: github, auth: header, header: X-GitHub-Hook-Id, token: "${secrets.header}" }
  - { name: keyed, provider: alertmanager, auth: path, token: "${secrets.path}" }
tokens:
  - { name: pipeline, token: "${secrets.fileToken}", scopes: [ingest, read, write, admin] }
engines:
  - { name: filed, url: "http://user:${secrets.engineUser}@127.0.0.1:9/" }
signIn:
  providers:
    - { name: company, kind: oidc, issuer: "http://127.0.0.1:9", clientId: pushline, clientSecret: "${secrets.clientSecret}" }
`;

let postgres: Awaited<ReturnType<typeof startTemporaryPostgres>>;
let instance: Instance;
let cookie = "";
/** Everything that came back, with what was asked. */
const heard: { asked: string; answer: string }[] = [];

test.beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  instance = await Instance.create({ configuration, databaseUrl: postgres.url });
  await instance.start();
  ({ cookie } = await instance.signIn());
});
test.afterAll(async () => {
  await instance?.remove();
  await postgres?.stop();
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Of an answer that is to tell a secret: under which name it is kept and no leak. */
  tells?: string;
}

async function ask(path: string, { method = "GET", headers = {}, body, tells }: Asked = {}) {
  const response = await fetch(`${instance.url}${path}`, {
    method,
    redirect: "manual",
    headers: { "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (tells) made[tells] = JSON.parse(text).secret;
  else
    heard.push({
      asked: `${method} ${path}`,
      answer: `${response.status} ${JSON.stringify([...response.headers])} ${text}`,
    });
  return response.status;
}

const asAdmin = (asked: Asked = {}): Asked => ({
  ...asked,
  headers: { cookie, origin: instance.url, "sec-fetch-site": "same-origin", ...asked.headers },
});
const signed = (body: string, secret: string) => ({
  "x-github-event": "ping",
  "x-github-delivery": randomUUID(),
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
const basic = (password: string) => ({
  authorization: `Basic ${Buffer.from(`ci:${password}`).toString("base64")}`,
});

async function sendGoodAndBad(): Promise<void> {
  const hook = (name: string, headers: Record<string, string>, body = "{}") =>
    ask(`/api/webhooks/${name}`, { method: "POST", body, headers });
  const body = JSON.stringify({ zen: "a" });
  expect(await hook("signed", signed(body, secrets.signature), body)).toBe(202);
  expect(await hook("signed", signed(body, secrets.formerSignature), body)).toBe(202);
  expect(await hook("bearing", { authorization: `Bearer ${secrets.bearer}` })).toBe(202);
  expect(await hook("basic", basic(secrets.password))).toBe(202);
  expect(await hook("heading", { "x-github-hook-id": secrets.header })).toBe(202);
  expect(await hook(`keyed/${secrets.path}`, {})).toBe(202);

  // Each secret where another belongs, and where none does.
  expect(await hook("signed", { "x-hub-signature-256": `sha256=${secrets.signature}` })).toBe(401);
  expect(await hook("signed", { authorization: `Bearer ${secrets.signature}` })).toBe(401);
  expect(await hook("bearing", basic(secrets.bearer))).toBe(401);
  expect(await hook("basic", { authorization: `Bearer ${secrets.password}` })).toBe(401);
  expect(await hook("heading", { "x-token": secrets.header })).toBe(401);
  expect(await hook(`keyed/${secrets.wrongKey}`, {})).toBe(401);
  expect(await hook(`bearing/${secrets.bearer}`, {})).toBe(404);
  expect(await hook(`nobody/${secrets.path}`, {})).toBe(404);
  await hook(`bearing?token=${secrets.bearer}`, {});
  await ask(`/api/v1/deployments?access_token=${secrets.fileToken}`);
  await ask(`/api/v1/deployments?search=${secrets.inAddress}`, asAdmin());
  await ask(`/${secrets.inAddress}`);
  await ask("/api/v1/deployments", { headers: { authorization: `Bearer ${secrets.wrongToken}` } });
  await ask("/api/v1/deployments", { headers: { cookie: `pushline=${secrets.wrongToken}` } });
  await ask("/api/v1/events", {
    method: "POST",
    headers: { authorization: `Bearer ${secrets.fileToken}` },
    body: `{"type":"deployment","token":"x`,
  });
}

async function setUpThings(): Promise<void> {
  const post = (path: string, body: unknown, tells?: string) =>
    ask(`/api/v1/${path}`, asAdmin({ method: "POST", body, ...(tells && { tells }) }));
  const source = { name: "added", provider: "github", secret: secrets.addedSource };
  expect(await post("sources", source, "addedSource")).toBe(201);
  expect(
    await post("sources/added/rotation", { secret: secrets.rotatedSource }, "rotated"),
  ).toBeLessThan(300);
  expect(await post("sources", { ...source, secret: "" })).toBe(400);
  expect(await post("sources", { ...source, secret: secrets.addedSource })).toBe(409);
  await post("sources/added/test", {});
  const token = { name: "made", scopes: ["ingest"] };
  expect(await post("tokens", token, "token")).toBe(201);
  const put = (path: string, body: unknown) =>
    ask(`/api/v1/${path}`, asAdmin({ method: "PUT", body }));
  const url = "http://127.0.0.1:9";
  const engine = { url, credential: { token: secrets.engineToken } };
  expect(await put("engines/bearing", engine)).toBeLessThan(300);
  const credential = { username: "u", password: secrets.enginePassword };
  expect(await put("engines/basic", { url, credential })).toBeLessThan(300);
  expect(await put("engines/wrong", { url: secrets.engineToken, credential })).toBe(400);
  for (const name of ["bearing", "basic", "filed"]) await post(`engines/${name}/check`, {});
}

async function signInRightAndWrong(): Promise<void> {
  const signIn = (email: string, password: string) =>
    ask("/api/v1/sign-in", {
      method: "POST",
      body: { email, password },
      headers: { origin: instance.url },
    });
  const change = { current: firstAdmin.password, next: secrets.person };
  expect(await ask("/api/v1/me/password", asAdmin({ method: "PUT", body: change }))).toBeLessThan(
    300,
  );
  const wrong = { current: secrets.wrongPassword, next: secrets.person };
  await ask("/api/v1/me/password", asAdmin({ method: "PUT", body: wrong }));
  expect(await signIn(firstAdmin.email, secrets.person)).toBe(200);
  expect(await signIn(firstAdmin.email, secrets.wrongPassword)).toBe(401);
  expect(await signIn("nobody@example.com", secrets.wrongPassword)).toBe(401);
  await ask("/api/v1/sign-in/company", {
    method: "POST",
    body: {},
    headers: { origin: instance.url },
  });
  await ask(`/api/v1/sign-in/company/callback?code=${secrets.inAddress}&state=x`);
  for (const verb of ["lookup", "accept"])
    await ask(`/api/v1/invitations/${verb}`, {
      method: "POST",
      body: {
        token: secrets.wrongKey,
        name: "a",
        email: "a@example.com",
        password: secrets.person,
      },
      headers: { origin: instance.url },
    });
}

/** Every list and its CSV, every page, and what the server tells of itself. */
async function lookEverywhere(): Promise<void> {
  for (const { method, path, access } of manifest)
    if (method === "GET" && !path.includes("{") && path !== "/api/v1/live") {
      const asked = access === "open" ? {} : asAdmin();
      await ask(path, asked);
      await ask(`${path}?format=csv`, asked);
    }
  for (const { pattern } of pagePatterns())
    if (!pattern.includes("[")) await ask(pattern, asAdmin());
  const deliveries = await list("limit=100");
  expect(deliveries.length).toBeGreaterThan(4);
  for (const { id } of deliveries) {
    await ask(`/api/v1/deliveries/${id}`, asAdmin());
    await ask(`/deliveries/${id}`, asAdmin());
  }
  for (const page of ["sources/added", "sources/signed", "engines"])
    await ask(`/settings/${page}`, asAdmin());
}

async function list(query: string): Promise<{ id: string }[]> {
  const response = await fetch(`${instance.url}/api/v1/deliveries?${query}`, {
    headers: { authorization: `Bearer ${secrets.fileToken}` },
  });
  return ((await response.json()) as { items: { id: string }[] }).items;
}

/** Columns of the database that hold a text as it is; what was delivered is its sender's. */
async function holdingColumns(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ table: string; column: string; type: string }>(`
      select table_name as table, column_name as column, data_type as type
      from information_schema.columns where table_schema = 'public'
        and (table_name, column_name) <> ('deliveries', 'body')`);
    const holding: string[] = [];
    for (const { table, column, type } of columns) {
      const value = type === "bytea" ? `encode("${column}", 'escape')` : `"${column}"::text`;
      const { rowCount } = await client.query(
        `select 1 from "${table}" where position($1 in ${value}) > 0 limit 1`,
        [text],
      );
      if (rowCount) holding.push(`${table}.${column}`);
    }
    return holding;
  } finally {
    await client.end();
  }
}

test("a secret stands in no log, answer, page, export or column, whatever is asked", async () => {
  await sendGoodAndBad();
  await setUpThings();
  await signInRightAndWrong();
  await until("every delivery is read", 60_000, async () => {
    const pending = await list("outcome=pending&limit=1");
    return pending.length === 0;
  });
  await lookEverywhere();
  expect(made.token).toMatch(/^pl_/);

  // What is looked through does hold what was said: an address that is no secret.
  expect(await holdingColumns(firstAdmin.email)).toContain("people.email");
  expect(heard.some(({ answer }) => answer.includes(firstAdmin.email))).toBe(true);
  expect(instance.output).toContain(instance.url);

  // What came in an address may be said back to whoever sent it, and is no secret of ours.
  const { inAddress, wrongKey, ...kept } = secrets;
  const all = { ...kept, madeToken: made.token ?? "" };
  for (const [name, secret] of Object.entries(all)) {
    const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
    for (const form of forms) {
      expect(
        heard.filter(({ answer }) => answer.includes(form)).map(({ asked }) => asked),
        `answers that tell ${name}`,
      ).toEqual([]);
      expect(instance.output.includes(form), `${name} in what the server said`).toBe(false);
    }
    expect(await holdingColumns(secret), `columns that hold ${name}`).toEqual([]);
  }
  for (const secret of [inAddress, wrongKey]) {
    expect(instance.output.includes(secret), "what came in an address, in a log").toBe(false);
    expect(await holdingColumns(secret)).toEqual([]);
  }
});
