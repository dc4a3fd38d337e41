import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";

describe("a test database", () => {
  let one: TestDatabase;
  let other: TestDatabase;
  beforeAll(async () => {
    [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
  });

  it("is migrated and empty", async () => {
    expect(await one.db.selectFrom("deliveries").selectAll().execute()).toEqual([]);
  });

  it("shares nothing with another", async () => {
    await one.db.insertInto("instance_settings").values({ name: "a", value: "1" }).execute();
    expect(await other.db.selectFrom("instance_settings").selectAll().execute()).toEqual([]);
  });
});
