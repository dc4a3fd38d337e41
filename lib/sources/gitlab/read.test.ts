import { describe, expect, it } from "vitest";
import { gitlab } from "@/lib/sources/gitlab";
import { deliveryOf, jsonOf } from "@/lib/sources/testing/fixtures";
import { readerFor } from "@/lib/sources/testing/provider";
import { factOf } from "@/lib/sources/testing/reading";

const read = readerFor(gitlab);
const project = { path_with_namespace: "acme/shop", default_branch: "main" };

describe("any delivery", () => {
  it("system hooks have the header System Hook for every kind: object_kind says which", () => {
    const delivery = deliveryOf("gitlab", "merge_request.merge.1.json");
    const headers = { "x-gitlab-event": "System Hook" };
    const system = gitlab.read({ ...delivery, headers });
    expect(system).toEqual(gitlab.read(delivery));
    expect(gitlab.eventName({ ...delivery, headers })).toBe("merge_request");
  });

  it("group, project and system hooks that fire for one event state the same facts", () => {
    expect(read.fixture("system.merge_request.merge.1.json")).toEqual(
      read.fixture("merge_request.merge.1.json"),
    );
  });

  it("events without object_kind are named by event_name; unknown ones are ignored by name", () => {
    expect(read.json({ event_name: "project_create" })).toEqual({
      outcome: "ignored",
      event: "project_create",
      reason: "events of this name are not read",
    });
    expect(read.json({ object_kind: "constructor" }).outcome).toBe("ignored");
    expect(() => read.json({ project })).toThrow("object_kind");
  });

  it("the test that settings send is ignored, and has an id", () => {
    const sent = gitlab.testDelivery?.("t1", new Date(0)) ?? {
      headers: {},
      body: new Uint8Array(),
    };
    const delivery = { ...sent, receivedAt: new Date(0) };
    expect(gitlab.read({ ...delivery, source: "gitlab" }).outcome).toBe("ignored");
    expect(gitlab.deliveryId(delivery)).toBe("t1");
  });

  it("is known by Idempotency-Key, which a retry keeps", () => {
    const id = (headers: Record<string, string>) =>
      gitlab.deliveryId({ ...deliveryOf("gitlab", "push.1.json"), headers });
    expect(id({ "idempotency-key": "i1", "webhook-id": "w1" })).toBe("i1");
    expect(id({ "webhook-id": "w1" })).toBe("w1");
    expect(id({ "x-gitlab-event-uuid": "e1" })).toBeNull();
  });

  it("the door lists a Job hook, which says build, as a job", () => {
    const delivery = deliveryOf("gitlab", "job.success.1.json");
    expect(gitlab.eventName(delivery)).toBe("job");
    expect(gitlab.read(delivery).event).toBe("job.success");
    expect(gitlab.eventName({ ...delivery, body: Buffer.from("{}") })).toBe("Job Hook");
  });
});

describe("releases", () => {
  it("a release is of its tag, at its release", () => {
    expect(factOf("release", read.fixture("release.create.2.json"))?.members).toEqual({
      repository: "hookdeckwrite/hookdeck-write",
      subject: "tag",
      version: "observe",
      revision: "6752dd8e9b70a034e36b495d26626dafef42c53c",
      title: "os",
      url: "https://gitlab.com/hookdeckwrite/hookdeck-write/-/releases/observe",
      at: "2023-03-06T04:44:05.000Z",
    });
  });

  it("a tag and the release made of it are one, at the release's time", () => {
    const all = ["tag_push.created.2.json", "release.create.2.json"].flatMap(read.fixture);
    expect(factOf("release", all)).toMatchObject({
      members: { at: "2023-03-06T04:44:05.000Z", author: "hookdeckwrite" },
      timeFromReceipt: false,
    });
  });

  it.each(["release.update.1.json", "release.delete.1.json"])("%s releases nothing", (file) => {
    expect(gitlab.read(deliveryOf("gitlab", file)).outcome).toBe("ignored");
  });
});

describe("feature flags have neither environment nor time", () => {
  const [file, headers] = ["feature_flag.activated.1.json", { "x-gitlab-event-uuid": "u1" }];

  it("each switch is a release at its receipt, marked", () => {
    expect(factOf("release", read.fixture(file))).toMatchObject({
      members: {
        repository: "kolanuvarun/sample",
        subject: "flag",
        flag: "sample-feature-flag",
        enabled: true,
        author: "kolanuvarun739",
        at: "2026-11-21T09:00:00.000Z",
      },
      timeFromReceipt: true,
    });
    const [off] = read.fixture("feature_flag.deactivated.1.json");
    expect(off?.members).toMatchObject({ enabled: false });
  });

  it("one switch told by two hooks is one; another switch is another", () => {
    const keyOf = (event: Record<string, string>) => {
      const reading = read.json(jsonOf("gitlab", file), event);
      return reading.outcome === "read" ? reading.statements[0]?.key : null;
    };
    expect(keyOf(headers)).toBe(keyOf({ ...headers, "x-gitlab-webhook-uuid": "w2" }));
    expect(keyOf(headers)).not.toBe(keyOf({ "x-gitlab-event-uuid": "u2" }));
  });
});
