import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { hashSecret, newId } from "@/lib/auth/secrets";
import { signedIn } from "@/lib/auth/testing";
import { noteTokenUse } from "@/lib/auth/token-use";
import { startUpkeep, sweepEnded } from "@/lib/auth/upkeep";
import { fixedClock } from "@/lib/clock";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");
const day = 86_400_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => vi.useRealTimers());
afterAll(() => database.close());

async function addToken(): Promise<string> {
  const id = newId();
  await database.db
    .insertInto("tokens")
    .values({
      id,
      name: id,
      prefix: "pl_prefix",
      token_hash: hashSecret(id),
      scopes: ["read"],
      created_by: "a test",
      created_at: noon,
    })
    .execute();
  return id;
}
const lastUse = async (id: string) =>
  (
    await database.db
      .selectFrom("tokens")
      .select("last_used_at")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).last_used_at;

it("writes down every 30 seconds when a token was last used, and once more when it closes", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const id = await addToken();
  const upkeep = startUpkeep({ db: database.db, clock: fixedClock(noon) });
  noteTokenUse(id, noon);
  vi.advanceTimersByTime(30_000);
  await vi.waitFor(async () => expect(await lastUse(id)).toEqual(noon), 5_000);
  const last = new Date(noon.getTime() + 1_000);
  noteTokenUse(id, last);
  await upkeep.close();
  expect(await lastUse(id)).toEqual(last);
});

it("clears away sessions and one-time addresses that hold no more, and those alone", async () => {
  const at = (milliseconds: number) =>
    testContext(database, {}, { clock: fixedClock(new Date(noon.getTime() + milliseconds)) });
  const ended = await signedIn(await at(-8 * day));
  const holding = await signedIn(await at(-6 * day));
  const token = (name: string, expires_at: Date) =>
    database.db
      .insertInto("set_up_tokens")
      .values({ token_hash: hashSecret(name), purpose: "recovery", expires_at })
      .execute();
  await token("late", noon);
  await token("in time", new Date(noon.getTime() + 1));
  const link = (person_id: string, expires_at: Date) =>
    database.db
      .insertInto("password_links")
      .values({ token_hash: hashSecret(person_id), person_id, made_by: "a test", expires_at })
      .execute();
  await link(ended.person.id, noon);
  await link(holding.person.id, new Date(noon.getTime() + 1));
  await sweepEnded(await at(0));
  const links = await database.db.selectFrom("password_links").select("person_id").execute();
  expect(links).toEqual([{ person_id: holding.person.id }]);
  const sessions = await database.db.selectFrom("sessions").select("person_id").execute();
  expect(sessions.map(({ person_id }) => person_id)).toEqual([holding.person.id]);
  expect(ended.person.id).not.toBe(holding.person.id);
  const tokens = await database.db.selectFrom("set_up_tokens").select("token_hash").execute();
  expect(tokens).toEqual([{ token_hash: hashSecret("in time") }]);
});
