import { describe, expect, it } from "vitest";
import { jira } from "@/lib/sources/jira";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const read = (file: string) => statementsOf(jira.read(deliveryOf("jira", file)));
const readJson = (json: unknown) =>
  jira.read({
    source: "jira",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
/** An update of the published issue at a minute of a day, with other fields and what changed. */
const updated = (
  minute: number,
  fields: object,
  items: object[] = [],
  event = "jira:issue_updated",
) => {
  const json = jsonOf("jira", "labeled.1.json");
  return readJson({
    ...json,
    webhookEvent: event,
    timestamp: Date.UTC(2022, 1, 3, 20, minute),
    issue: { ...json.issue, fields: { ...json.issue.fields, ...fields } },
    changelog: { items },
  });
};
const at = (minute: number) => new Date(Date.UTC(2022, 1, 3, 20, minute)).toISOString();
const story = { issuetype: { name: "Story" } };

describe("a type makes an issue an incident", () => {
  it("open since it was created, in times that carry +0100 without a colon", () => {
    expect(read("issue-created.1.json")[0]?.key).toBe("jira/TEST-5");
    expect(factOf("incident", read("issue-created.1.json"))?.members).toMatchObject({
      title: "Test issue",
      service: "testproject",
      severity: "Medium",
      openedAt: "2022-02-03T19:04:45.243Z",
      url: "https://something.atlassian.net/browse/TEST-5",
    });
  });

  it.each(["Incident", "[System] Incident", "Outage", "Problem"])("as %s", (name) => {
    expect(updated(0, { issuetype: { name }, labels: [] }).outcome).toBe("read");
  });

  it.each(["Story", "Task", "Epic"])("and not as %s", (name) => {
    expect(updated(0, { issuetype: { name }, labels: [] })).toMatchObject({
      outcome: "ignored",
      event: "issue_updated",
    });
  });
});

describe("a label makes an issue an incident", () => {
  const label = (fromString: string, to: string) => ({
    field: "labels",
    fieldId: "labels",
    fromString,
    toString: to,
  });

  it("as published, on an issue that was one by its type", () => {
    const said = [...read("labeled.1.json"), ...read("issue-created.1.json")];
    expect(factOf("incident", said)?.members.openedAt).toBe("2022-02-03T19:04:45.243Z");
  });

  it("since it was put on, as changelog.items tells", () => {
    const said = updated(10, { ...story, labels: ["incident"] }, [label("", "incident")]);
    expect(factOf("incident", statementsOf(said))?.members.openedAt).toBe(at(10));
  });

  it("until it is taken off", () => {
    const said = [
      ...statementsOf(updated(10, { ...story, labels: ["sev1"] }, [label("", "sev1")])),
      ...statementsOf(updated(30, { ...story, labels: [] }, [label("sev1", "")])),
    ];
    expect(factOf("incident", said)?.members).toMatchObject({
      openedAt: at(10),
      resolvedAt: at(30),
    });
  });

  it("and may name service, environment and severity", () => {
    const labels = ["incident", "service:checkout", "env:staging", "severity:critical"];
    expect(statementsOf(updated(0, { labels }))[0]?.members).toMatchObject({
      service: "checkout",
      environment: "staging",
      severity: "critical",
    });
  });
});

describe("an incident ends", () => {
  it("with its resolutiondate, and opens again when its resolution is cleared", () => {
    const done = { resolutiondate: "2022-02-03T21:30:00.000+0100" };
    const said = statementsOf(updated(31, done));
    expect(factOf("incident", said)?.members.resolvedAt).toBe(at(30));
    const cleared = updated(50, {}, [{ field: "resolution", fromString: "Done", toString: null }]);
    expect(factOf("incident", [...statementsOf(cleared), ...said])?.members).toMatchObject({
      resolvedAt: null,
      reopenedAt: at(50),
    });
  });

  it("in a status of the category Done", () => {
    const said = updated(40, {
      status: { statusCategory: { key: "done" } },
      statuscategorychangedate: "2022-02-03T21:39:00.000+0100",
    });
    expect(factOf("incident", statementsOf(said))?.members.resolvedAt).toBe(at(39));
  });

  describe("and opens again when its status goes back from Done, of which no resolution tells", () => {
    const inCategory = (key: string, minute: number, extra: object = {}) =>
      updated(
        minute,
        { status: { statusCategory: { key } }, statuscategorychangedate: null, ...extra },
        [{ field: "status", fromString: "Any", toString: "Other" }],
      );
    const since = (minute: number) => ({ statuscategorychangedate: at(minute) });
    const cloud = [
      inCategory("indeterminate", 5, since(5)),
      inCategory("done", 30, since(30)),
      inCategory("new", 50, since(50)),
    ];
    const server = [
      inCategory("indeterminate", 5),
      inCategory("done", 30),
      inCategory("indeterminate", 50),
    ];

    it.each([
      ["by the date of its category", cloud],
      ["by the changelog, where no such date is sent", server],
    ])("%s, until it is done again, in any order", (_, readings) => {
      const said = readings.flatMap(statementsOf);
      for (const order of [said, said.toReversed()])
        expect(factOf("incident", order)?.members).toMatchObject({
          openedAt: "2022-02-03T19:04:45.243Z",
          resolvedAt: null,
          reopenedAt: at(50),
        });
      const again = [...statementsOf(inCategory("done", 55, since(55))), ...said];
      expect(factOf("incident", again)?.members.resolvedAt).toBe(at(55));
    });

    it("though that change was not delivered, by what is sent of it later", () => {
      const said = [
        inCategory("done", 30, since(30)),
        updated(58, { ...since(50), status: { statusCategory: { key: "new" } } }),
      ];
      expect(factOf("incident", said.flatMap(statementsOf))?.members).toMatchObject({
        resolvedAt: null,
        reopenedAt: at(50),
      });
    });

    it("and one that was never done is only open", () => {
      const said = statementsOf(inCategory("indeterminate", 5, since(5)));
      expect(factOf("incident", said)?.members).not.toHaveProperty("reopenedAt");
    });
  });

  it("when the issue is deleted", () => {
    const said = statementsOf(updated(45, {}, [], "jira:issue_deleted"));
    expect(factOf("incident", said)?.members.resolvedAt).toBe(at(45));
  });
});

it("a component names the service before the project does", () => {
  expect(statementsOf(updated(0, { components: [{ name: "API" }] }))[0]?.members).toMatchObject({
    service: "API",
  });
});

it("comments and the test that settings send are ignored", () => {
  expect(readJson({ webhookEvent: "comment_created" })).toMatchObject({ outcome: "ignored" });
  const test = jira.testDelivery?.("t1", receivedAt) ?? { headers: {}, body: Buffer.from("") };
  expect(jira.read({ source: "s", ...test, receivedAt }).outcome).toBe("ignored");
});

it.each([
  [{}, "webhookEvent"],
  [
    { webhookEvent: "jira:issue_created", issue: { fields: { labels: ["incident"] } } },
    "issue.key",
  ],
])("%j lacks %s", (json, field) => {
  expect(() => readJson(json)).toThrow(expect.objectContaining({ code: "missing_field", field }));
});

it("the signature is the HMAC of the raw body", () => {
  const body = Buffer.from('{"webhookEvent":"x"}');
  const headers = jira.sign?.(body, "s3cret") ?? {};
  expect(jira.verify?.({ headers, body, receivedAt }, "s3cret")).toBe(true);
  expect(jira.verify?.({ headers, body, receivedAt }, "other")).toBe(false);
  const bare = { "x-hub-signature": (headers["x-hub-signature"] ?? "").replace("sha256=", "") };
  expect(jira.verify?.({ headers: bare, body, receivedAt }, "s3cret")).toBe(false);
});

it("the door names the event", () => {
  expect(jira.eventName(deliveryOf("jira", "issue-created.1.json"))).toBe("issue_created");
});
