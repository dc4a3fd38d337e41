import { expect, it } from "vitest";
import { publicId } from "@/lib/facts/keys";
import { clock, deploy, native, type Posted, push } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";

const shop = "acme/checkout";
const config = {
  ...historyConfig,
  sources: [{ name: "github" }, { name: "ci" }] as never,
};
const guilty = publicId("deployment", "github/2");

const database = projectionDatabase(config);
const incident = (cause: string): Posted =>
  native("10:20", {
    type: "incident",
    id: "i1",
    service: "checkout",
    environment: "production",
    title: "5xx above 2 %",
    openedAt: clock("10:20"),
    cause,
  });
const history = [
  push(shop, "09:00", null, [{ name: "c0", at: "08:50" }]),
  ...deploy(shop, 1, "c0", ["09:10", "09:11", "09:15"]),
  push(shop, "10:00", "c0", [{ name: "c1", at: "09:50" }]),
  ...deploy(shop, 2, "c1", ["10:10", "10:11", "10:15"]),
];
const isFailed = async () =>
  (
    await database.db
      .selectFrom("deployments")
      .select("failed")
      .where("id", "=", guilty)
      .executeTakeFirst()
  )?.failed;

it.each([
  ["another source's id of it", "2"],
  ["its public id", guilty],
])("a declared cause is found by %s", async (_, cause) => {
  await database.told(...history, incident(cause));
  expect(await isFailed()).toBe(true);
});

it("a declared cause nobody has told of fails nothing, and heals when it is told of", async () => {
  const [first, second, ...rest] = history;
  await database.told(...[first, second].filter((each) => each !== undefined), incident("2"));
  const causes = () => database.db.selectFrom("incidents").select("declared_cause").execute();
  expect(await causes()).toEqual([{ declared_cause: null }]);
  await database.told(...rest);
  expect(await isFailed()).toBe(true);
});
