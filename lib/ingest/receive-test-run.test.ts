import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { projectAll } from "@/lib/projection/testing";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const report = '<testsuite name="unit" time="4"><testcase name="adds" time="4"/></testsuite>';
const query = "repository=acme/checkout&revision=4f2c9d1&branch=main";

async function send(
  body: string | Buffer,
  { search = query, ...headers }: Record<string, string> & { search?: string } = {},
) {
  const response = await fetch(`${server.url}/api/v1/test-runs?${search}`, {
    method: "POST",
    body: Buffer.from(body),
    headers: { "content-type": "application/xml", ...bearer("sender"), ...headers },
  });
  return { status: response.status, answer: await response.json() };
}

const runs = () => server.database.db.selectFrom("test_runs").selectAll().execute();

describe("POST /api/v1/test-runs", () => {
  it("202 and a delivery of the token's source, exact bytes and query, that becomes a test run", async () => {
    const { status, answer } = await send(report);
    expect([status, answer.outcome]).toEqual([202, "accepted"]);
    const row = await server.database.db
      .selectFrom("deliveries")
      .selectAll()
      .where("id", "=", Number(answer.delivery))
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ source: "sender", provider: "junit", event: "test_run" });
    expect(row.body.toString()).toBe(report);
    await projectAll(server.context);
    expect(await runs()).toMatchObject([
      {
        source: "sender",
        repository: "acme/checkout",
        revision: "4f2c9d1",
        branch: "main",
        name: "unit",
        status: "succeeded",
        tests: 1,
        cases: [{ name: "adds", status: "succeeded", seconds: 4 }],
      },
    ]);
  });

  it("202 duplicate for the same report with its query in another order, accepted for another revision", async () => {
    const search = "branch=main&revision=4f2c9d1&repository=acme/checkout";
    expect((await send(report, { search })).answer.outcome).toBe("duplicate");
    expect((await send(report, { search: `${query}0` })).answer.outcome).toBe("accepted");
  });

  it("202 for gzip, and for what curl and scripts say of a file", async () => {
    const packed = gzipSync(report.replace("unit", "packed"));
    expect((await send(packed, { "content-encoding": "gzip" })).status).toBe(202);
    for (const type of [
      "text/xml",
      "application/x-www-form-urlencoded",
      "application/octet-stream",
    ])
      expect((await send(report, { "content-type": type })).status).toBe(202);
  });

  it.each([
    ["repository", "revision=1"],
    ["revision", "repository=acme/checkout"],
    ["coverage", `${query}&coverage=87`],
    ["startedAt", `${query}&startedAt=yesterday`],
    ["repo", `${query}&repo=acme`],
    ["branch", `${query}&branch=a%00b`],
  ])("400 invalid_field naming %s", async (field, search) => {
    const { status, answer } = await send(report, { search });
    expect([status, answer.code, answer.field]).toEqual([400, "invalid_field", field]);
    expect(answer.expected).not.toBe("");
  });

  it.each([
    ["no XML", '{"tests":1}', "body"],
    ["half a report", "<testsuites><testsuite>", "body"],
    ["no testsuite", "<html/>", "testsuite"],
    ["an empty body", "", "body"],
  ])("400 not_decodable for %s", async (_name, body, field) => {
    const { status, answer } = await send(body);
    expect([status, answer.code, answer.field]).toEqual([400, "not_decodable", field]);
  });

  it("415 for JSON, 401 without a token, 403 without the scope", async () => {
    expect((await send(report, { "content-type": "application/json" })).status).toBe(415);
    expect((await send(report, { authorization: "Bearer nobody-knows-this" })).status).toBe(401);
    expect((await send(report, bearer("reader"))).status).toBe(403);
  });

  it("answers others while 25 MB are read, and refuses more", async () => {
    const filler = `<testcase name="a"><system-out>${"x".repeat(1_000)}</system-out></testcase>`;
    const large = `<testsuite>${filler.repeat(24_000)}</testsuite>`;
    const sending = send(large);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect((await sending).status).toBe(202);
    expect((await send(Buffer.alloc(25 * 1024 * 1024 + 1, "<"))).status).toBe(413);
  });
});
