import { expect, it } from "vitest";
import { azureAppService } from "@/lib/sources/azure-app-service";
import { readAppService } from "@/lib/sources/azure-app-service/read";
import { deliveryOf, jsonOf, receivedAt } from "@/lib/sources/testing/fixtures";
import { factOf, statementsOf } from "@/lib/sources/testing/reading";

const file = "deploy.success.1.json";
const base = jsonOf("azure-app-service", file);
const read = (extra: object) =>
  readAppService({
    source: "azure",
    headers: {},
    body: Buffer.from(JSON.stringify({ ...base, ...extra })),
    receivedAt,
  });
const members = (extra: object) => factOf("deployment", statementsOf(read(extra)))?.members;

it("the captured hook is a deployment, with all its times", () => {
  const statements = statementsOf(readAppService(deliveryOf("azure-app-service", file)));
  expect(statements.map(({ key }) => key)).toEqual([
    "azure-app-service/test:ff17489fbcb7e2dda9012ec285811b9b751ebb5e:2015-09-26T04:26:53.873Z",
  ]);
  expect(factOf("deployment", statements)?.members).toMatchObject({
    service: "test",
    revision: "ff17489fbcb7e2dda9012ec285811b9b751ebb5e",
    author: "Henrik Frystyk Nielsen",
    description: "initial commit\n",
    status: "succeeded",
    queuedAt: "2015-09-26T04:26:53.873Z",
    startedAt: "2015-09-26T04:26:54.248Z",
    finishedAt: "2015-09-26T04:26:55.639Z",
  });
});

it.each([
  ["checkout__qa", "checkout", "qa"],
  ["checkout__production", "checkout", "production"],
  ["checkout-staging", "checkout-staging", "staging"],
  ["checkout", "checkout", "production"],
])("the environment is the slot in siteName: %s is %s in %s", (siteName, service, environment) => {
  expect(members({ siteName })).toMatchObject({ service, environment });
});

it("the same commit deployed again is another deployment, though its id is the same", () => {
  const again = { receivedTime: "2015-09-27T00:00:00Z" };
  expect(statementsOf(read(again))[0]?.key).not.toBe(statementsOf(read({}))[0]?.key);
});

it("a package has a made-up id in place of a revision", () => {
  expect(members({ id: "0c6b8f3a1d2e4f5a9b7c8d6e5f4a3b2c" })).toMatchObject({ revision: null });
});

it("failed is failed, under way is running, and what is not known is ignored", () => {
  expect(members({ status: "failed" })).toMatchObject({ status: "failed" });
  expect(members({ status: "Building", complete: false, endTime: null })).toMatchObject({
    status: "running",
  });
  expect(read({ status: "pondering" })).toMatchObject({
    outcome: "ignored",
    event: "deploy.pondering",
  });
});

it("without times it ended when it arrived, marked", () => {
  const none = { receivedTime: null, startTime: null, endTime: "yesterday" };
  expect(factOf("deployment", statementsOf(read(none)))).toMatchObject({
    members: { finishedAt: receivedAt.toISOString() },
    timeFromReceipt: true,
  });
});

it("without a site or an id it is unreadable", () => {
  expect(() => read({ siteName: null })).toThrow(expect.objectContaining({ field: "siteName" }));
  expect(() => read({ id: null })).toThrow(expect.objectContaining({ field: "id" }));
});

it("the door names it by its status", () => {
  const { headers, body } = deliveryOf("azure-app-service", file);
  expect(azureAppService.eventName({ headers, body, receivedAt })).toBe("deploy.success");
});
