import { describe, expect, it } from "vitest";
import { pelorus } from "@/lib/sources/pelorus";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const said = (file: string) => statementsOf(pelorus.read(deliveryOf("pelorus", file)));
const read = (json: unknown, event?: string) =>
  pelorus.read({
    source: "pelorus",
    headers: event ? { "x-pelorus-event": event } : {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });

it("a commit is a change of the app's repository, at its epoch second", () => {
  expect(said("committime.1.json")).toEqual([
    {
      noun: "commit",
      key: "mongo-todolist@5379bad65a3f83853a75aabec9e0e43c75fd18fc",
      asOf: "2023-05-01T10:28:58.000Z",
      members: {
        repository: "mongo-todolist",
        revision: "5379bad65a3f83853a75aabec9e0e43c75fd18fc",
        authoredAt: "2023-05-01T10:28:58.000Z",
        committedAt: "2023-05-01T10:28:58.000Z",
      },
    },
  ]);
});

describe("a deployment", () => {
  it("has no revision: what ties it to its change is the image, which both name", () => {
    const { image_sha: image } = jsonOf("pelorus", "committime.1.json");
    expect(said("deploytime.1.json")).toEqual([
      {
        noun: "deployment",
        key: `pelorus/mongo-todolist:mongo-persistent:${image}:2023-05-02T10:08:58.000Z`,
        asOf: "2023-05-02T10:08:58.000Z",
        members: {
          service: "mongo-todolist",
          environment: "mongo-persistent",
          artifact: image,
          status: "succeeded",
          finishedAt: "2023-05-02T10:08:58.000Z",
        },
      },
    ]);
  });

  it("of the same image later is another, a rollback perhaps", () => {
    const json = jsonOf("pelorus", "deploytime.1.json");
    const [later] = statementsOf(read({ ...json, timestamp: json.timestamp + 60 }, "deploytime"));
    expect(later?.key).not.toBe(said("deploytime.1.json")[0]?.key);
  });
});

it("a failure is an incident of its app, resolved by its id in whatever order they come", () => {
  const [created, resolved] = [said("failure_created.1.json"), said("failure_resolved.1.json")];
  for (const order of [
    [...created, ...resolved],
    [...resolved, ...created],
  ])
    expect(factOf("incident", order)?.members).toEqual({
      service: "mongo-todolist",
      title: "MONGO-1",
      openedAt: "2023-05-02T10:09:58.000Z",
      resolvedAt: "2023-05-02T10:28:58.000Z",
    });
  expect(factOf("incident", resolved)).toBeNull();
});

it("without its header an event is what its members say", () => {
  for (const [file, event] of [
    ["committime.1.json", "committime"],
    ["deploytime.1.json", "deploytime"],
    ["failure_created.1.json", "failure"],
  ] as const) {
    const json = jsonOf("pelorus", file);
    expect(read(json)).toEqual(read(json, event));
    const body = Buffer.from(JSON.stringify(json));
    expect(pelorus.eventName({ headers: {}, body, receivedAt })).toBe(event);
  }
});

it("a ping and what is unknown are ignored, by name", () => {
  expect(read({}, "ping")).toMatchObject({ outcome: "ignored", event: "ping" });
  expect(read({})).toMatchObject({ outcome: "ignored", event: "unknown" });
});

it.each([
  ["failure", { app: "a", failure_id: "F", timestamp: 1 }, "missing_field", "failure_event"],
  [
    "failure",
    { app: "a", failure_id: "F", failure_event: "x", timestamp: 1 },
    "wrong_type",
    "failure_event",
  ],
  ["deploytime", { namespace: "n", timestamp: 1 }, "missing_field", "app"],
  ["committime", { app: "a", commit_hash: "c", timestamp: "soon" }, "wrong_type", "timestamp"],
])("a %s of %j is unreadable: %s %s", (event, json, code, field) => {
  expect(() => read(json, event)).toThrow(expect.objectContaining({ code, field }));
});

it("signs and is verified by X-Hub-Signature-256 over the exact bytes", () => {
  const body = Buffer.from('{"app":"a"}');
  const headers = pelorus.sign?.(body, "secret", {}) ?? {};
  const verified = (sent: Uint8Array, secret: string, given = headers) =>
    pelorus.verify?.({ headers: given, body: sent, receivedAt }, secret);
  expect(verified(body, "secret")).toBe(true);
  expect(verified(body, "another")).toBe(false);
  expect(verified(Buffer.from('{"app": "a"}'), "secret")).toBe(false);
  expect(verified(body, "secret", {})).toBe(false);
});
