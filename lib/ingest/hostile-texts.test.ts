import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handle } from "@/lib/http/handle";
import { manifest } from "@/lib/http/manifest";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";
import { parseCsv } from "@/lib/http/testing/hostile";
import { contextOver, settleAll } from "@/lib/projection/testing";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

describe("what senders write into every text of every native event", () => {
  const folder = "lib/sources/native/fixtures";
  const strings = [
    "'; drop table deliveries; --",
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "=cmd|'/c calc'!A1",
    "+1+1",
    "@SUM(1)",
    "-2+3",
    "\t=1+1",
    '","=1+1',
  ];
  const fixtures = readdirSync(folder)
    .filter((file) => /^\w+\.1\.json$/.test(file) && !file.startsWith("batch"))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, unknown>);

  /** Every text that is free; what is one of a set, a time or a name of the test itself stays. */
  function poisoned(value: unknown, text: string, name = ""): unknown {
    if (Array.isArray(value)) return value.map((member) => poisoned(member, text, name));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(
        Object.entries(value).map(([key, member]) => [key, poisoned(member, text, key)]),
      );
    const isFixed =
      /^(type|status|kind|lane|subject)$/.test(name) || /\d{4}-\d\d-\d\dT/.test(String(value));
    return typeof value !== "string" || isFixed ? value : `${text} ${name}`;
  }

  it("is taken, and stands as it was written in every answer", async () => {
    expect(fixtures.map(({ type }) => type).sort()).toEqual([
      "alert",
      "build",
      "change",
      "deployment",
      "incident",
      "release",
      "test_run",
    ]);
    for (const text of strings) {
      const events = fixtures.map((fixture) => poisoned(fixture, text));
      const response = await fetch(`${server.url}/api/v1/events`, {
        method: "POST",
        body: JSON.stringify(events),
        headers: { "content-type": "application/json", ...bearer("sender") },
      });
      expect([response.status, text]).toEqual([202, text]);
    }
    await settleAll(contextOver(server.database.db));
    const failed = await server.database.db
      .selectFrom("deliveries")
      .select("error")
      .where("provider", "=", "native")
      .where("outcome", "<>", "accepted")
      .where("source", "=", "sender")
      .execute();
    expect(failed).toEqual([]);
    const answer = await (await list("/api/v1/deployments", "")).json();
    const services = answer.items.map(({ service }: { service: string }) => service);
    for (const text of strings) expect(services).toContain(`${text} service`);
  });

  const list = (path: string, format: string) => {
    const route = manifest.find((each) => each.path === path && each.method === "GET");
    if (!route) throw new Error(`no ${path}`);
    const request = new Request(`http://localhost${path}?limit=500${format}`, {
      headers: bearer("pipeline"),
    });
    return handle(route)(request, { params: Promise.resolve({}) });
  };

  it.each([
    "deployments",
    "builds",
    "releases",
    "incidents",
    "alerts",
    "test-runs",
    "services",
    "deliveries",
  ])("is inert in the CSV of %s, its rows and columns whole", async (name) => {
    const answer = await list(`/api/v1/${name}`, "&format=csv");
    const [head = [], ...rows] = parseCsv(await answer.text());
    expect(rows.length).toBeGreaterThanOrEqual(strings.length);
    expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
    const live = rows
      .flat()
      .filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && Number.isNaN(Number(cell)));
    expect(live).toEqual([]);
  });
});
