import { describe, expect, it } from "vitest";
import { contentHash } from "@/lib/facts/canonical";
import { Problem } from "@/lib/http/problem";
import { parseNativeEvents } from "@/lib/sources/native/parse";
import { nativeStatements } from "@/lib/sources/native/statements";
import { jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf } from "@/lib/sources/testing/reading";

const types = ["change", "build", "deployment", "release", "incident", "alert", "test_run"];
const example = (type: string) => jsonOf("native", `${type}.1.json`);
const deployment = (change: object) => ({
  ...jsonOf("native", "deployment.required-only.1.json"),
  ...change,
});
const refusalOf = (json: unknown) => {
  try {
    parseNativeEvents(json);
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, ...error.details };
    throw error;
  }
  return null;
};
const say = (json: unknown) =>
  parseNativeEvents(json).flatMap((event) => nativeStatements(event, "pipeline", receivedAt));

describe("validation", () => {
  it.each(types)("takes the %s of the contract, whole and with only what is required", (type) => {
    const events = [example(type), jsonOf("native", `${type}.required-only.1.json`)];
    expect(parseNativeEvents(events)).toHaveLength(2);
    for (const event of events) expect(parseNativeEvents(event)).toHaveLength(1);
  });

  it.each(types)("refuses an unknown member of a %s by its name", (type) => {
    expect(refusalOf({ ...example(type), colour: "red" })).toMatchObject({
      code: "invalid_event",
      field: "events[0].colour",
      expected: "no member of this name",
    });
  });

  it.each(types)("refuses a %s without any one of its required members, naming it", (type) => {
    const required = jsonOf("native", `${type}.required-only.1.json`);
    for (const name of Object.keys(required).filter((member) => member !== "type")) {
      const { [name]: _, ...rest } = required;
      expect(refusalOf(rest)?.field).toBe(`events[0].${name}`);
    }
  });

  it.each([
    [{ status: "done" }, "status", "one of queued, running, succeeded, failed, canceled"],
    [
      { type: "deploy" },
      "type",
      "one of change, build, deployment, release, incident, alert, test_run",
    ],
    [{ kind: "deployed" }, "kind", "one of first, redeploy, rollback, revert, fix_forward, deploy"],
    [{ startedAt: "2026-01-31" }, "startedAt", "an RFC 3339 time"],
    [{ startedAt: "2026-01-31T09:00:00" }, "startedAt", "an RFC 3339 time"],
    [{ startedAt: "2026-02-30T09:00:00Z" }, "startedAt", "an RFC 3339 time"],
    [{ startedAt: "1969-12-31T09:00:00Z" }, "startedAt", "of the years 1970 to 2200"],
    [{ startedAt: 1_700_000_000 }, "startedAt", "an RFC 3339 time"],
    [
      { steps: [{ percent: 101, at: "2026-01-31T09:00:00Z" }] },
      "steps[0].percent",
      "a number from 0 to 100",
    ],
    [{ steps: [{ percent: 5 }] }, "steps[0].at", "an RFC 3339 time"],
    [
      { steps: [{ percent: 5, at: "2026-01-31T09:00:00Z", by: "bo" }] },
      "steps[0].by",
      "no member of this name",
    ],
    [{ approvals: ["bo"] }, "approvals[0]", "an approval with by and at"],
    [{ hotfix: "yes" }, "hotfix", "true or false"],
    [{ id: "" }, "id", "text of 1 to 6,000 characters"],
    [{ id: "x".repeat(6001) }, "id", "text of 1 to 6,000 characters"],
    [{ id: 7 }, "id", "text of 1 to 6,000 characters"],
    [{ revision: "a".repeat(129) }, "revision", "a revision of 1 to 128 characters"],
    [{ service: "a\0b" }, "service", "text without NUL"],
    [{ author: "a\ud800" }, "author", "text without lone surrogates"],
    [{ asOf: "soon" }, "asOf", "an RFC 3339 time"],
  ])("refuses %j", (change, field, expected) => {
    expect(refusalOf(deployment(change))).toMatchObject({
      code: "invalid_event",
      field: `events[0].${field}`,
      expected: expect.stringContaining(expected),
    });
  });

  it.each([
    ["coverage", 1.01],
    ["coverage", Number.POSITIVE_INFINITY],
    ["tests", -1],
    ["tests", 2 ** 31],
    ["flaky", 1.5],
  ])("refuses a test run with %s %d", (name, value) => {
    expect(refusalOf({ ...example("test_run"), [name]: value })?.field).toBe(`events[0].${name}`);
  });

  it("refuses a number too large for a double, as JSON reads it", () => {
    const json = JSON.parse(
      '{"type":"test_run","id":"t","repository":"r","revision":"a","status":"failed","coverage":1e999}',
    );
    expect(refusalOf(json)?.field).toBe("events[0].coverage");
  });

  it("refuses a key called __proto__, wherever it stands", () => {
    const alert = JSON.stringify(example("alert"));
    for (const text of [
      alert.replace('"labels":{}', '"labels":{"__proto__":"x"}'),
      alert.replace("{", '{"__proto__":{},'),
    ])
      expect(refusalOf(JSON.parse(text))).toMatchObject({ expected: "no key called __proto__" });
  });

  it("refuses nesting without end", () => {
    const deep = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);
    expect(refusalOf(deployment({ steps: deep }))?.expected).toBe("at most 20 levels of nesting");
  });

  it.each([null, 7, "deployment", true, [[]]])("refuses %j as no event", (json) => {
    expect(refusalOf(json)).toMatchObject({ field: "events[0]", expected: "a JSON object" });
  });

  it("takes an id of 6 KB", () => {
    expect(say(deployment({ id: "x".repeat(6000) }))[0]?.key).toHaveLength(
      "pipeline/".length + 6000,
    );
  });
});

describe("a list", () => {
  it("is taken whole or not at all, and every bad event named", () => {
    const bad = [
      example("build"),
      deployment({ status: "done" }),
      { ...example("alert"), x: 1, y: 2 },
    ];
    expect(refusalOf(bad)).toMatchObject({
      field: "events[1].status",
      errors: [
        { index: 1, field: "status" },
        { index: 2, field: "x" },
        { index: 2, field: "y" },
      ],
    });
  });

  it("holds up to 1,000 events", () => {
    const events = Array.from({ length: 1001 }, (_, index) => deployment({ id: `d${index}` }));
    expect(parseNativeEvents(events.slice(1))).toHaveLength(1000);
    expect(refusalOf(events)?.code).toBe("invalid_event");
  });
});

describe("the content's hash", () => {
  const hash = (json: unknown) => contentHash(parseNativeEvents(json)[0]);

  it("ignores the order of keys and the way a moment is written", () => {
    const event = example("deployment");
    const reversed = Object.fromEntries(Object.entries(event).toReversed());
    expect(hash({ ...reversed, startedAt: "2026-01-31T10:10:00.000+01:00" })).toBe(hash(event));
  });

  it("differs with the content", () => {
    expect(hash(deployment({ status: "failed" }))).not.toBe(hash(deployment({})));
  });
});

describe("statements", () => {
  it("are as of the latest time that the event names, nested ones too", () => {
    expect(say(example("deployment"))[0]?.asOf).toBe("2026-01-31T09:12:00.000Z");
    const later = {
      ...example("change"),
      pullRequest: { number: 7, mergedAt: "2026-02-01T00:00:00Z" },
    };
    expect(say(later).map(({ asOf }) => asOf)).toEqual([
      "2026-02-01T00:00:00.000Z",
      "2026-02-01T00:00:00.000Z",
    ]);
  });

  it("are as of asOf where it is given, and labels are never times", () => {
    expect(say({ ...example("deployment"), asOf: "2026-03-01T00:00:00Z" })[0]?.asOf).toBe(
      "2026-03-01T00:00:00.000Z",
    );
    const labels = { startedAt: "2030-01-01T00:00:00Z" };
    expect(say({ ...example("alert"), labels })[0]?.asOf).toBe("2026-01-31T09:21:00.000Z");
  });

  it.each([
    ["queued", "queuedAt"],
    ["running", "startedAt"],
    ["succeeded", "finishedAt"],
  ])("of a %s deployment without any time take the receipt's as %s, marked", (status, name) => {
    const [statement] = say(deployment({ status }));
    expect(statement).toMatchObject({
      asOf: receivedAt.toISOString(),
      timeFromReceipt: true,
      members: { [name]: receivedAt.toISOString() },
    });
  });

  it("of a change are its commit and its pull request, merged at this revision", () => {
    expect(say(example("change"))).toMatchObject([
      {
        noun: "commit",
        key: `acme/checkout@${"a".repeat(40)}`,
        members: { authoredAt: "2026-01-31T09:00:00.000Z", parents: ["b".repeat(40)] },
      },
      {
        noun: "pull_request",
        key: "acme/checkout#7",
        members: { mergeRevision: "a".repeat(40), firstReviewAt: "2026-01-30T10:00:00.000Z" },
      },
    ]);
  });

  it("of a change whose pull request is known to be open make no merge", () => {
    const pullRequest = { number: 7, mergedAt: null };
    const [, open] = say({ ...example("change"), pullRequest });
    expect(open?.members).toMatchObject({ headRevision: "a".repeat(40), baseBranch: "main" });
    expect(open?.members).not.toHaveProperty("mergeRevision");
  });

  it("running, then succeeded, under one id are one deployment, in either order", () => {
    const running = say(
      deployment({ id: "d", status: "running", startedAt: "2026-01-01T10:00:00Z" }),
    );
    const done = say(deployment({ id: "d", finishedAt: "2026-01-01T10:05:00Z" }));
    for (const order of [
      [...running, ...done],
      [...done, ...running],
    ])
      expect(factOf("deployment", order)?.members).toMatchObject({
        status: "succeeded",
        startedAt: "2026-01-01T10:00:00.000Z",
        finishedAt: "2026-01-01T10:05:00.000Z",
      });
  });

  it("keep a build's stages by their names", () => {
    expect(say(example("build"))[0]?.members).toMatchObject({
      stages: {
        test: { name: "test", status: "succeeded", finishedAt: "2026-01-31T09:07:00.000Z" },
      },
    });
  });
});
