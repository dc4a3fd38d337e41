import { expect, it } from "vitest";
import { graphite } from "@/lib/sources/graphite";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { statementsOf } from "@/lib/sources/testing/reading";

const json = jsonOf("graphite", "event.deploy.1.json");
const read = (body: unknown, at = receivedAt) =>
  graphite.read({
    source: "graphite",
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    receivedAt: at,
  });

it("an event tagged deploy is a deployment that ended when it happened", () => {
  expect(statementsOf(graphite.read(deliveryOf("graphite", "event.deploy.1.json")))).toMatchObject([
    {
      noun: "deployment",
      asOf: "2016-07-06T22:34:41.000Z",
      members: {
        service: "graphite",
        environment: "production",
        revision: null,
        status: "succeeded",
        finishedAt: "2016-07-06T22:34:41.000Z",
        description:
          "Event - deploy: deploy of master branch happened at Wed Jul  6 22:34:41 UTC 2016",
      },
    },
  ]);
});

it("tags may be one text, as before 0.10", () => {
  const tags = ["deploy", "service:checkout", "env=staging"];
  expect(read({ ...json, tags: tags.join(" ") })).toEqual(read({ ...json, tags }));
  expect(statementsOf(read({ ...json, tags: tags.join(" ") }))[0]?.members).toMatchObject({
    service: "checkout",
    environment: "staging",
  });
});

it("when is optional: then it is the receipt, and the same words are the same for five minutes", () => {
  const { when: _when, ...untimed } = json;
  const said = (at: string) => statementsOf(read(untimed, new Date(at)))[0];
  expect(said("2026-01-01T10:01:00Z")).toMatchObject({
    asOf: "2026-01-01T10:01:00.000Z",
    timeFromReceipt: true,
  });
  expect(said("2026-01-01T10:04:00Z")?.key).toBe(said("2026-01-01T10:01:00Z")?.key);
  expect(said("2026-01-01T11:00:00Z")?.key).not.toBe(said("2026-01-01T10:01:00Z")?.key);
  const id = (body: object, at: string) =>
    graphite.deliveryId({
      headers: {},
      body: Buffer.from(JSON.stringify(body)),
      receivedAt: new Date(at),
    });
  expect(id(untimed, "2026-01-01T10:01:00Z")).not.toBe(id(untimed, "2026-01-01T11:00:00Z"));
  expect(id(json, "2026-01-01T10:01:00Z")).toBeNull();
});

it("without a tag that says so it is ignored", () => {
  expect(read({ ...json, tags: ["maintenance"] })).toMatchObject({ outcome: "ignored" });
  expect(read({ ...json, tags: undefined })).toMatchObject({ outcome: "ignored" });
});
