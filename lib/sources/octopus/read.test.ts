import { describe, expect, it } from "vitest";
import { octopus } from "@/lib/sources/octopus";
import { readOctopus } from "@/lib/sources/octopus/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const base = jsonOf("octopus", "deployment_failed.1.json");
const read = (event: object) =>
  readOctopus({
    source: "octopus",
    headers: {},
    body: Buffer.from(
      JSON.stringify({
        ...base,
        Payload: { ...base.Payload, Event: { ...base.Payload.Event, ...event } },
      }),
    ),
    receivedAt,
  });
const said = (event: object) => statementsOf(read(event));

describe("the captured failure", () => {
  const statements = statementsOf(readOctopus(deliveryOf("octopus", "deployment_failed.1.json")));

  it("is a deployment by its id, its names cut out of the message", () => {
    expect(statements.map(({ key }) => key)).toEqual(["octopus/Deployments-12519"]);
    expect(factOf("deployment", statements)?.members).toMatchObject({
      name: "Argo CD Octopub",
      service: "Argo CD Octopub",
      environment: "Development",
      version: "0.1.178",
      status: "failed",
      url: "https://mattc.octopus.app/app#/Spaces-282/deployments/Deployments-12519",
    });
  });

  it("occurred before its batch was sent, and that counts", () => {
    expect(factOf("deployment", statements)).toMatchObject({
      members: { finishedAt: "2023-09-19T21:35:08.563Z" },
      timeFromReceipt: false,
    });
  });

  it("holds no link of MessageHtml", () => {
    expect(JSON.stringify(statements)).not.toContain("href");
  });
});

it("queued, started and ended are one deployment, in any order", () => {
  const all = [
    ["DeploymentSucceeded", "Events-3", "2023-09-19T21:40:00Z"],
    ["DeploymentStarted", "Events-2", "2023-09-19T21:36:00Z"],
    ["DeploymentQueued", "Events-1", "2023-09-19T21:35:00Z"],
  ].flatMap(([Category, Id, Occurred]) => said({ Category, Id, Occurred, Username: "ana" }));
  for (const order of [all, all.toReversed()])
    expect(factOf("deployment", order)?.members).toMatchObject({
      status: "succeeded",
      queuedAt: "2023-09-19T21:35:00.000Z",
      startedAt: "2023-09-19T21:36:00.000Z",
      finishedAt: "2023-09-19T21:40:00.000Z",
      author: "ana",
    });
});

it("names whose offsets are missing or wrong fall back to their ids", () => {
  for (const MessageReferences of [
    null,
    [{ ReferencedDocumentId: "Projects-4522", StartIndex: -1, Length: 3 }],
  ])
    expect(factOf("deployment", said({ MessageReferences }))?.members).toMatchObject({
      service: "Projects-4522",
      environment: "Environments-1621",
      version: "Releases-11138",
    });
});

it("offsets count as Octopus counts them, past letters outside the basic plane", () => {
  const Message = "🚀 Deploy shop";
  const MessageReferences = [{ ReferencedDocumentId: "Projects-4522", StartIndex: 10, Length: 4 }];
  expect(factOf("deployment", said({ Message, MessageReferences }))?.members.service).toBe("shop");
});

it("a canceled task is its deployment's end, and a task of nothing else's", () => {
  expect(factOf("deployment", said({ Category: "TaskCanceled" }))?.members.status).toBe("canceled");
  const ofRunbook = {
    Category: "TaskCanceled",
    RelatedDocumentIds: ["RunbookRuns-1"],
    MessageReferences: [],
  };
  expect(read(ofRunbook)).toMatchObject({ outcome: "ignored" });
});

it("other categories are ignored by name", () => {
  expect(read({ Category: "MachineAdded" })).toMatchObject({
    outcome: "ignored",
    event: "MachineAdded",
    reason: "events of this name are not read",
  });
});

it("an event sent twice has the same id", () => {
  const { headers, body } = deliveryOf("octopus", "deployment_failed.1.json");
  expect(octopus.deliveryId({ headers, body, receivedAt })).toBe("Events-1111977");
  expect(octopus.eventName({ headers, body, receivedAt })).toBe("DeploymentFailed");
  expect(octopus.deliveryId({ headers, body: Buffer.from("["), receivedAt })).toBeNull();
});

it("an event without a category is unreadable", () => {
  expect(() => read({ Category: null })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "Payload.Event.Category" }),
  );
});
