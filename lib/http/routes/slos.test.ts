import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { fixedClock } from "@/lib/clock";
import { readSlosRoute } from "@/lib/http/routes/slos";
import { buildRow } from "@/lib/slo/testing";
import { testContext } from "@/lib/testing/context";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

it("answers how objectives stood at a moment that is past, and never at one to come", async () => {
  const context = await testContext(
    database,
    {},
    { clock: fixedClock(new Date("2026-03-20T10:00:00Z")) },
  );
  const finishes = ["2026-01-30T09:00:00Z", "2026-03-19T09:00:00Z", "2026-03-19T10:00:00Z"];
  await database.db
    .insertInto("builds")
    .values(finishes.map((finished) => buildRow(new Date(finished), 60)))
    .execute();
  const builds = async (at?: string) => {
    const answer = await readSlosRoute.run?.(context, {
      parameters: undefined,
      query: { indicator: ["build_duration"], ...(at && { at: new Date(at) }) },
      body: undefined,
    });
    if (!answer || answer instanceof Response) throw new Error("There is no answer.");
    return answer.items.find(({ id }) => id === "build_duration");
  };
  expect(await builds()).toMatchObject({ n: 2, to: "2026-03-20T10:00:00.000Z" });
  expect(await builds("2026-02-01T00:00:00Z")).toMatchObject({
    n: 1,
    to: "2026-02-01T00:00:00.000Z",
  });
  expect(await builds("2026-04-01T00:00:00Z")).toMatchObject({
    n: 2,
    to: "2026-03-20T10:00:00.000Z",
  });
});
