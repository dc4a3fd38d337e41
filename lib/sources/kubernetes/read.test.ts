import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { kubernetes } from "@/lib/sources/kubernetes";
import { readKubernetes } from "@/lib/sources/kubernetes/read";
import { workloadOf } from "@/lib/sources/kubernetes/workload";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const base = jsonOf("kubernetes", "event.warning.1.json");
const read = (json: unknown) =>
  readKubernetes({
    source: "kubernetes",
    headers: {},
    body: Buffer.from(JSON.stringify(json)),
    receivedAt,
  });
const said = (extra: object) => statementsOf(read({ ...base, ...extra }));
const members = (extra: object) => factOf("alert", said(extra))?.members;

it("the captured warning is an alert from first to last", () => {
  const statements = statementsOf(readKubernetes(deliveryOf("kubernetes", "event.warning.1.json")));
  expect(statements.map(({ key }) => key)).toEqual([
    "kubernetes/3c8f568a-c99b-4279-8093-6ef08fae325b",
  ]);
  expect(factOf("alert", statements)?.members).toMatchObject({
    name: "GitOperationFailed",
    service: "podinfo",
    environment: null,
    severity: "warning",
    startedAt: "2023-08-22T20:24:06.000Z",
    endedAt: "2023-08-22T20:24:18.000Z",
    labels: {
      kind: "GitRepository",
      object: "podinfo",
      namespace: "default",
      component: "source-controller",
    },
    summary: expect.stringContaining("failed to checkout"),
  });
});

describe("one object is updated with a rising count", () => {
  const updated = { ...base, count: 9, lastTimestamp: "2023-08-22T20:40:00Z" };

  it("and each update is as of when it was last seen, so that the latest stands", () => {
    expect(said({})[0]?.asOf).toBe("2023-08-22T20:24:18.000Z");
    expect(said(updated)[0]?.asOf).toBe("2023-08-22T20:40:00.000Z");
  });

  it("so all updates are one alert, which ended when it was last seen, in any order", () => {
    const all = [...said({}), ...said(updated)];
    for (const order of [all, all.toReversed()])
      expect(factOf("alert", order)?.members).toMatchObject({
        startedAt: "2023-08-22T20:24:06.000Z",
        endedAt: "2023-08-22T20:40:00.000Z",
      });
  });

  it("and each is a delivery of its own, told by event and count", () => {
    const idOf = (json: unknown) =>
      kubernetes.deliveryId({ headers: {}, body: Buffer.from(JSON.stringify(json)), receivedAt });
    expect(idOf(base)).toBe("3c8f568a-c99b-4279-8093-6ef08fae325b:4");
    expect(idOf(updated)).toBe("3c8f568a-c99b-4279-8093-6ef08fae325b:9");
    expect(idOf({ event: { ...base, series: { count: 12 } } })).toMatch(/:12$/);
    expect(idOf({})).toBeNull();
  });
});

describe("times", () => {
  it("firstTimestamp may be null and eventTime set, with a series", () => {
    const series = { count: 3, lastObservedTime: "2023-08-22T20:30:00.000000Z" };
    const events = {
      firstTimestamp: null,
      lastTimestamp: null,
      eventTime: "2023-08-22T20:20:00.5Z",
      series,
    };
    expect(members(events)).toMatchObject({
      startedAt: "2023-08-22T20:20:00.500Z",
      endedAt: "2023-08-22T20:30:00.000Z",
    });
  });

  it("none at all is the receipt, marked", () => {
    const bare = { firstTimestamp: null, lastTimestamp: null, metadata: {} };
    expect(factOf("alert", said(bare))).toMatchObject({
      members: { startedAt: receivedAt.toISOString() },
      timeFromReceipt: true,
    });
  });
});

it("the form of events.k8s.io names the object and the words otherwise", () => {
  const { involvedObject, message, ...rest } = base;
  const regarding = { ...involvedObject, labels: { app: "shop", env: "staging" } };
  const [alert] = statementsOf(read({ event: { ...rest, regarding, note: "words" } }));
  expect(alert?.members).toMatchObject({
    service: "shop",
    environment: "staging",
    summary: "words",
  });
});

it("a normal event is ignored, one without a reason unreadable", () => {
  expect(read({ ...base, type: "Normal", reason: "Pulled" })).toMatchObject({
    outcome: "ignored",
    event: "Normal.Pulled",
  });
  expect(() => read({ ...base, reason: undefined })).toThrow(
    expect.objectContaining({ code: "missing_field", field: "reason" }),
  );
});

it.each([
  ["Pod", "checkout-7c7b47f5f-8bhrp", "checkout"],
  ["Pod", "node-exporter-x7k2p", "node-exporter"],
  ["Pod", "ledger-0", "ledger"],
  ["Pod", "redis-cache", "redis-cache"],
  ["ReplicaSet", "checkout-7c7b47f5f", "checkout"],
  ["Job", "nightly-28756800", "nightly"],
  ["Deployment", "web-2", "web-2"],
  ["__proto__", "web-2", "web-2"],
  ["constructor", "web-2", "web-2"],
])("a %s called %s is of %s", (kind, name, workload) => {
  expect(workloadOf(kind, name)).toBe(workload);
});

it("the exporter's configuration is YAML with a receiver for warnings", () => {
  const given = {
    name: "kubernetes",
    auth: "bearer" as const,
    username: "",
    header: "",
    address: "https://pushline.example/api/webhooks/kubernetes",
    origin: "https://pushline.example",
    secret: "s3cret",
    at: "2026-11-21T09:00:00Z",
  };
  const config = parse(kubernetes.guide.steps(given)[0]?.code ?? "");
  expect(config.route.routes[0].match).toEqual([{ type: "Warning", receiver: "pushline" }]);
  expect(config.receivers[0].webhook).toMatchObject({
    endpoint: given.address,
    headers: { Authorization: "Bearer s3cret" },
  });
});
