import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { recordAudit } from "@/lib/audit/audit";
import { addPassword, asActor, type PersonRow } from "@/lib/auth/people/add-person";
import { sweepThrottles, takeAttempt } from "@/lib/auth/sign-in/throttle";
import { signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import { Problem } from "@/lib/http/problem";
import { testContext } from "@/lib/testing/context";

const noon = new Date("2026-11-21T12:00:00Z");
const minute = 60;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.db.deleteFrom("throttles").execute());
afterAll(() => database.close());

interface From {
  seconds?: number;
  address?: string | null;
}

function attempt(account: string, { seconds = 0, address = null }: From = {}) {
  const clock = fixedClock(new Date(noon.getTime() + seconds * 1_000));
  return takeAttempt({ db: database.db, clock, address }, account);
}

/** 0 for an attempt that gets through, else how long it has to wait. */
async function waitOf(account: string, from: From = {}): Promise<number> {
  try {
    await attempt(account, from);
    return 0;
  } catch (error) {
    if (error instanceof Problem && error.code === "too_many_requests")
      return error.details.retryAfterSeconds ?? Number.NaN;
    throw error;
  }
}

async function through(attempts: Promise<number>[]): Promise<number> {
  return (await Promise.all(attempts)).filter((wait) => wait === 0).length;
}

const times = (count: number, ask: (index: number) => Promise<number>) =>
  through(Array.from({ length: count }, (_, index) => ask(index)));

describe("an account", () => {
  it("has 5 attempts, however many come at once", async () => {
    expect(await times(32, () => waitOf("ada"))).toBe(5);
    expect(await waitOf("ada", { seconds: 10 })).toBe(20);
    expect(await waitOf("grace")).toBe(0);
  });

  it("then has one after each wait, which doubles from 30 seconds to 15 minutes", async () => {
    await times(5, () => waitOf("ada"));
    let seconds = 0;
    for (const wait of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await waitOf("ada", { seconds })).toBe(wait);
      expect(await waitOf("ada", { seconds: seconds + wait - 1 })).toBe(1);
      seconds += wait;
      expect(await times(8, () => waitOf("ada", { seconds }))).toBe(1);
    }
  });

  it("is clear after a success", async () => {
    await times(4, () => waitOf("ada"));
    await (await attempt("ada")).succeeded();
    expect(await times(8, () => waitOf("ada"))).toBe(5);
  });

  it("is clear 15 minutes after the first failure, or after the last wait", async () => {
    await times(4, () => waitOf("ada"));
    expect(await times(8, () => waitOf("ada", { seconds: 15 * minute + 1 }))).toBe(5);
    expect(await times(8, () => waitOf("ada", { seconds: 30 * minute + 30 }))).toBe(1);
    expect(await times(8, () => waitOf("ada", { seconds: 50 * minute }))).toBe(5);
  });
});

describe("an account where it is known to sign in from", () => {
  const home = "203.0.113.7";
  const minutes = 60_000;
  let ada: PersonRow;
  beforeEach(async () => {
    await database.db.deleteFrom("people").execute();
    const context = await testContext(database, {}, { clock: fixedClock(noon) });
    ({ person: ada } = await signedIn(context, { name: "Ada" }));
    await addPassword(database.db, context, { person: ada.id, email: "ada", hash: "" });
  });
  const letIn = (address: string, minutesAgo: number) => {
    const clock = fixedClock(new Date(noon.getTime() - minutesAgo * minutes));
    return recordAudit(
      database.db,
      { actor: asActor(ada), clock, address },
      { action: "account.signed_in", subject: { kind: "person", id: ada.id } },
    );
  };

  it("is not kept waiting for what others try elsewhere", async () => {
    await letIn(home, 29 * 24 * 60);
    await letIn("2001:db8::1", 5);
    await times(8, (index) => waitOf("ada", { address: `198.51.100.${index}` }));
    expect(await waitOf("ada", { address: "198.51.100.99" })).toBe(30);
    expect(await waitOf("ada", { address: home })).toBe(0);
    expect(await waitOf("ada", { address: "2001:db8::ffff" })).toBe(0);
  });

  it("has its own 5 attempts there, and lends nobody any", async () => {
    await letIn(home, 5);
    expect(await times(8, () => waitOf("ada", { address: home }))).toBe(5);
    expect(await waitOf("ada", { address: home })).toBe(30);
    const others = (index: number) => waitOf("ada", { address: `198.51.100.${index}` });
    expect(await times(4, others)).toBe(4);
    await (await attempt("ada", { address: home, seconds: 31 })).succeeded();
    expect(await times(4, others)).toBe(1);
  });

  it("is known there for 30 days, and nobody else is", async () => {
    await letIn(home, 31 * 24 * 60);
    await letIn("203.0.113.8", 5);
    for (const account of ["ada", "grace"])
      await times(8, (index) => waitOf(account, { address: `198.51.100.${index}` }));
    expect(await waitOf("ada", { address: home })).toBe(30);
    expect(await waitOf("grace", { address: "203.0.113.8" })).toBe(30);
  });
});

describe("an address", () => {
  const guess = (address: string) => (index: number) => waitOf(`guess ${index}`, { address });

  it("has 20 attempts over all accounts", async () => {
    expect(await times(40, guess("203.0.113.7"))).toBe(20);
    expect(await waitOf("ada", { address: "203.0.113.7" })).toBe(30);
    expect(await waitOf("ada", { address: "203.0.113.8" })).toBe(0);
  });

  it("is the whole network of 64 bits in IPv6, however it is written", async () => {
    const addresses = ["2001:db8::1", "2001:0db8:0:0::2", "2001:db8:0:0:ffff:1:2:3"];
    const spread = (index: number) => guess(addresses[index % 3] ?? "")(index);
    expect(await times(40, spread)).toBe(20);
    expect(await waitOf("ada", { address: "2001:db8:0:1::1" })).toBe(0);
  });

  it("is none where everybody comes from: this machine, with or without a proxy on it", async () => {
    for (const address of ["127.0.0.1", "::1"]) {
      expect(await times(40, guess(address))).toBe(40);
      expect(await times(8, () => waitOf(`ada ${address}`, { address }))).toBe(5);
    }
  });

  it("gets back only the attempt that succeeded", async () => {
    const address = "203.0.113.7";
    expect(await times(16, guess(address))).toBe(16);
    for (let round = 0; round < 3; round += 1)
      await (await attempt("ada", { address })).succeeded();
    expect(await times(8, guess(address))).toBe(4);
  });

  it("may be used by those who know their password once each wait is over", async () => {
    const address = "203.0.113.7";
    await times(20, guess(address));
    const entered = await attempt("ada", { address, seconds: 30 });
    expect(await waitOf("grace", { address, seconds: 31 })).toBe(59);
    await entered.succeeded();
    expect(await waitOf("grace", { address, seconds: 31 })).toBe(0);
  });
});

it("forgets on a sweep what has no effect any more, and nothing else", async () => {
  await times(5, () => waitOf("ada"));
  const sweepAt = (seconds: number) =>
    sweepThrottles(database.db, new Date(noon.getTime() + seconds * 1_000));
  await sweepAt(15 * minute + 30);
  expect(await database.db.selectFrom("throttles").selectAll().execute()).toHaveLength(1);
  await sweepAt(15 * minute + 31);
  expect(await database.db.selectFrom("throttles").selectAll().execute()).toEqual([]);
});
