import { describe, expect, it } from "vitest";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";
import { zabbix } from "@/lib/sources/zabbix";

const readJson = (json: unknown, at = receivedAt) =>
  zabbix.read({
    source: "zabbix",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt: at,
  });
const problem = {
  event_id: "77",
  status: "PROBLEM",
  trigger: "Disk is full",
  hostname: "db-1",
  severity: "High",
  tags: '[{"tag":"service","value":"ledger"},{"tag":"env","value":"staging"},{"tag":"bare","value":""}]',
  event_date: "2026.01.01",
  event_time: "10:00:00",
  utc_offset: "+01:00",
};
const recovery = {
  ...problem,
  status: "RESOLVED",
  recovery_date: "2026.01.01",
  recovery_time: "10:30:00",
};

describe("the guide's template", () => {
  it("tells a problem and its recovery by the event's id and times", () => {
    const said = [...statementsOf(readJson(recovery)), ...statementsOf(readJson(problem))];
    expect(said[0]?.key).toBe("zabbix/event:77");
    expect(factOf("alert", said)?.members).toMatchObject({
      name: "Disk is full",
      service: "ledger",
      environment: "staging",
      severity: "High",
      startedAt: "2026-01-01T09:00:00.000Z",
      endedAt: "2026-01-01T09:30:00.000Z",
      labels: { host: "db-1", service: "ledger", env: "staging" },
    });
  });

  it("without an offset names no moment, so the times are those of arrival", () => {
    const { utc_offset, ...local } = problem;
    expect(utc_offset).toBeDefined();
    expect(factOf("alert", statementsOf(readJson(local)))).toMatchObject({
      members: { startedAt: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });
});

describe("the body is a user's template", () => {
  it("an id may stand in its link alone", () => {
    const [said] = statementsOf(zabbix.read(deliveryOf("zabbix", "problem.1.json")));
    expect(said?.key).toBe("zabbix/event:10528");
    expect(factOf("alert", [said as never])?.members).toMatchObject({
      name: "Zabbix agent on www.example.com is unreachable for 5 minutes",
      service: "www.example.com",
      severity: "Average",
      summary: "Agent ping is Up (1)",
      startedAt: receivedAt.toISOString(),
    });
  });

  it("without any id host and trigger are the alert", () => {
    const { link, ...bare } = jsonOf("zabbix", "problem.1.json");
    expect(link).toBeDefined();
    const later = new Date("2026-11-21T09:30:00Z");
    const said = [
      ...statementsOf(readJson(bare)),
      ...statementsOf(readJson({ ...bare, status: "OK" }, later)),
    ];
    expect(factOf("alert", said)?.members).toMatchObject({
      startedAt: receivedAt.toISOString(),
      endedAt: later.toISOString(),
    });
    const other = statementsOf(readJson({ ...bare, hostname: "other" }))[0];
    expect(other?.key).not.toBe(said[0]?.key);
  });

  it("that names no event says it again later, in a delivery of its own", () => {
    const idAt = (json: object, at: string) =>
      zabbix.deliveryId({
        headers: {},
        body: Buffer.from(JSON.stringify(json)),
        receivedAt: new Date(at),
      });
    const bare = { status: "PROBLEM", trigger: "t" };
    expect(idAt(bare, "2026-01-01T10:00:00Z")).toBe(idAt(bare, "2026-01-01T10:04:59Z"));
    expect(idAt(bare, "2026-01-01T10:00:00Z")).not.toBe(idAt(bare, "2026-01-01T10:05:00Z"));
    expect(idAt(problem, "2026-01-01T10:00:00Z")).toBeNull();
  });

  it.each([
    [{ trigger: "t" }, "status"],
    [{ status: "PROBLEM" }, "trigger"],
  ])("%j lacks its %s and is quarantined", (json, field) => {
    expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
  });
});

it.each(["UPDATE", "TEST"])("%s is ignored", (status) => {
  expect(readJson({ ...problem, status })).toMatchObject({
    outcome: "ignored",
    event: status.toLowerCase(),
  });
});

it.each(["[", "null", '{"a":1}'])("tags that are no list (%s) are no labels", (tags) => {
  expect(statementsOf(readJson({ ...problem, tags }))[0]?.members).toMatchObject({
    labels: { host: "db-1" },
    service: "db-1",
  });
});
