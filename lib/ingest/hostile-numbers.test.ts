import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bearer, type TestServer } from "@/lib/http/server/testing";
import { hostileServer, settled } from "@/lib/ingest/testing-hostile";

let server: TestServer;
beforeAll(async () => {
  server = await hostileServer();
});
afterAll(() => server.close());

describe("numbers and times that are not what they seem", () => {
  const deployment = (more: object) => ({
    deployment: { id: 7, sha: "a".repeat(40), environment: "production", ...more },
    repository: { full_name: "acme/checkout" },
  });
  const githubDeployment = (id: string) =>
    Buffer.from(JSON.stringify(deployment({ id: "ID" })).replace('"ID"', id));

  it.each(["9007199254740993", "1e400", "1.5", "-0.1"])(
    "an id of %s is refused: another one would read as the same",
    async (id) => {
      const row = await settled(server, "github", githubDeployment(id));
      expect(row).toMatchObject({ outcome: "failed", error_code: "wrong_type", facts: [] });
      expect(row.error).toContain("deployment.id");
    },
  );

  it("an id of 2^53 − 1 is exact", async () => {
    const row = await settled(server, "github", githubDeployment("9007199254740991"));
    expect(row.outcome).toBe("accepted");
    const { key } = await server.database.db
      .selectFrom("statements")
      .select("key")
      .where("key", "like", "%9007199254740991%")
      .executeTakeFirstOrThrow();
    expect(key).toContain("9007199254740991");
  });

  it.each([
    "1e400",
    "275761",
    '"275761-01-01T00:00:00Z"',
    '"+275760-09-13T00:00:00Z"',
    "1700000000123456789",
    '"1700000000"',
    '"2026-02-30T00:00:00Z"',
  ])("a time of %s is never taken for one: its receipt's is, and marked", async (time) => {
    const text = JSON.stringify(deployment({ id: 8, created_at: "TIME" })).replace('"TIME"', time);
    // 275761 by itself is a second of 1970, which is what the format says.
    const row = await settled(server, "github", Buffer.from(text));
    expect(row.outcome).toBe("accepted");
    const statement = await server.database.db
      .selectFrom("statements")
      .innerJoin("deliveries", "deliveries.id", "statements.delivery_id")
      .select(["as_of", "time_from_receipt", "received_at"])
      .orderBy("statements.delivery_id", "desc")
      .executeTakeFirstOrThrow();
    if (time === "275761") expect(new Date(statement.as_of).getTime()).toBe(275_761_000);
    else {
      expect(statement.time_from_receipt).toBe(true);
      expect(new Date(statement.as_of)).toEqual(statement.received_at);
    }
  });

  const event = (more: string) =>
    `{"type":"deployment","id":"n","service":"s","environment":"production","revision":"r","status":"succeeded",${more}}`;
  it.each([
    ["a share of 1e400", event('"steps":[{"percent":1e400,"at":"2026-01-01T00:00:00Z"}]')],
    ["the year 275761", event('"finishedAt":"275761-01-01T00:00:00Z"')],
    ["nanoseconds", event('"finishedAt":1700000000123456789')],
    ["nanoseconds as text", event('"finishedAt":"1700000000123456789"')],
    [
      "a count of 2^53 + 1",
      '{"type":"test_run","id":"n","repository":"r","revision":"r","status":"succeeded","tests":9007199254740993}',
    ],
    [
      "a count of 1e400",
      '{"type":"test_run","id":"n","repository":"r","revision":"r","status":"succeeded","tests":1e400}',
    ],
    [
      "an id that is a number",
      '{"type":"release","id":9007199254740993,"service":"s","environment":"e","at":"2026-01-01T00:00:00Z"}',
    ],
    ["NUL in a text", event('"author":"a\\u0000b"')],
    ["half of a pair of surrogates", event('"author":"\\ud800"')],
    [
      "a label called __proto__",
      '{"type":"alert","id":"n","name":"a","startedAt":"2026-01-01T00:00:00Z","labels":{"__proto__":"x"}}',
    ],
  ])("400 for a native event with %s", async (_name, body) => {
    const response = await fetch(`${server.url}/api/v1/events`, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", ...bearer("sender") },
    });
    expect([response.status, (await response.json()).code]).toEqual([400, "invalid_event"]);
  });
});
