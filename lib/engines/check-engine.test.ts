import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import type { Context } from "@/lib/context";
import { checkEngine } from "@/lib/engines/check-engine";
import { type EngineBody, saveEngine } from "@/lib/settings/save-engine";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
let context: Context;
let port: number;
let answer: RequestListener;
const server = createServer((request, response) => answer(request, response));

beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  const url = `http://reader:pass%3Aword@127.0.0.1:${port}/of-file`;
  context = await testContext(database, { engines: [{ name: "of-file", url }] });
});
afterAll(async () => {
  server.close();
  await database.close();
});

async function check(credential: EngineBody["credential"] = null) {
  await saveEngine(context, "engine", { url: `http://127.0.0.1:${port}/base/`, credential });
  return checkEngine(context, "engine");
}

const vector = '{"status":"success","data":{"resultType":"vector","result":[]}}';

it("asks below the engine's path, with its credential", async () => {
  const asked: unknown[] = [];
  answer = ({ url, headers }, response) => {
    asked.push([url, headers.authorization]);
    response.end('{"status":"success","data":{"version":"2.42.0"}}');
  };
  expect(await check({ token: "engine-token" })).toMatchObject({ ok: true, version: "2.42.0" });
  expect(await check({ username: "ana", password: "hunter:2" })).toMatchObject({ ok: true });
  expect(await checkEngine(context, "of-file")).toMatchObject({ ok: true });
  const basic = (user: string) => `Basic ${Buffer.from(user).toString("base64")}`;
  expect(asked).toEqual([
    ["/base/api/v1/status/buildinfo", "Bearer engine-token"],
    ["/base/api/v1/status/buildinfo", basic("ana:hunter:2")],
    ["/of-file/api/v1/status/buildinfo", basic("reader:pass:word")],
  ]);
});

it("takes one that tells no version and answers a query", async () => {
  answer = ({ url = "" }, response) => {
    if (url.includes("buildinfo")) response.writeHead(404).end("no such page");
    else response.end(url.endsWith("query=vector%281%29") ? vector : "{}");
  };
  expect(await check()).toMatchObject({ ok: true, version: null, problem: null });
});

it.each<[string, RequestListener, string]>([
  ["its credential is refused", (_, response) => response.writeHead(401).end(), "refused"],
  ["it fails", (_, response) => response.writeHead(503).end(), "refused"],
  ["it is something else", (_, response) => response.end("<html>Welcome</html>"), "malformed"],
  ["there is no such API", (_, response) => response.writeHead(404).end(), "refused"],
  [
    "it sends elsewhere",
    (_, response) => response.writeHead(307, { location: "http://169.254.169.254/" }).end(),
    "redirected",
  ],
])("says when %s", async (_what, listener, code) => {
  answer = listener;
  const told = await check({ token: "engine-token" });
  expect(told).toMatchObject({ ok: false, version: null, problem: { code } });
  expect(JSON.stringify(told)).not.toMatch(/engine-token|169\.254/);
});

it("404 for an engine that is not there", async () => {
  await expect(checkEngine(context, "nobody")).rejects.toMatchObject({ code: "not_found" });
});
