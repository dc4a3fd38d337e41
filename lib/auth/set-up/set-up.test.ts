import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { hashSecret, newId } from "@/lib/auth/secrets";
import { offerRecovery, offerSetUp, setUpFile } from "@/lib/auth/set-up/offer-set-up";
import { setUp } from "@/lib/auth/set-up/set-up";
import { signedIn } from "@/lib/auth/testing";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { readSetUpRoute, setUpRoute } from "@/lib/http/routes/account";
import { askRoute as ask } from "@/lib/http/testing/ask-route";
import { testContext } from "@/lib/testing/context";

const base = "http://127.0.0.1:3000";
const account = { name: "Ada", email: "Ada@Example.com", password: "quince marmalade" };
const noon = new Date("2026-11-21T12:00:00Z");

let database: TestDatabase;
let context: Context;
let folder: string;

beforeEach(async () => {
  database = await testDatabase();
  context = await testContext(database, {}, { clock: fixedClock(noon) });
  folder = mkdtempSync(join(tmpdir(), "pushline-set-up-"));
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function offered(): Promise<string> {
  const address = await offerSetUp(context, folder, base);
  if (address === null) throw new Error("nothing was offered");
  return tokenOf(address);
}
const tokenOf = (address: string) => new URL(address).hash.slice(1);
const setUpWith = (token: string, changes: Partial<typeof account> = {}, at: Context = context) =>
  ask(at, setUpRoute, { body: { token, ...account, ...changes } });
const minutesLater = (minutes: number): Context => ({
  ...context,
  clock: fixedClock(new Date(noon.getTime() + minutes * 60_000)),
});
const people = () => database.db.selectFrom("people").selectAll().execute();
const audited = async () =>
  (await database.db.selectFrom("audit").selectAll().orderBy("id").execute()).map(
    ({ action, actor, address }) => ({ action, actor, address }),
  );

describe("the offer", () => {
  it("leaves the address in a file only its owner can read, whatever was there before", async () => {
    writeFileSync(setUpFile(folder), "an older address", { mode: 0o644 });
    const address = await offerSetUp(context, folder, base);
    expect(readFileSync(setUpFile(folder), "utf8")).toBe(`${address}\n`);
    expect(statSync(setUpFile(folder)).mode & 0o777).toBe(0o600);
    expect(Buffer.from(tokenOf(address ?? ""), "base64url").byteLength).toBe(16);
  });

  it("keeps nothing of the token but its hash", async () => {
    const token = await offered();
    const rows = await database.db.selectFrom("set_up_tokens").selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("is replaced by a restart", async () => {
    const first = await offered();
    const second = await offered();
    expect((await setUpWith(first)).status).toBe(410);
    expect((await setUpWith(second)).status).toBe(201);
  });

  it("is none, and the file goes, once there is an admin", async () => {
    await setUpWith(await offered());
    expect(await offerSetUp(context, folder, base)).toBeNull();
    expect(() => statSync(setUpFile(folder))).toThrow();
  });
});

describe("POST /api/v1/set-up", () => {
  it("201 and signed in, with the e-mail as it was written", async () => {
    expect((await ask(context, readSetUpRoute)).body).toEqual({ needed: true });
    const made = await setUpWith(await offered());
    expect(made.status).toBe(201);
    expect(made.body.person).toMatchObject({
      name: "Ada",
      email: "Ada@Example.com",
      role: "admin",
    });
    expect(made.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax/);
    expect((await ask(context, readSetUpRoute)).body).toEqual({ needed: false });
    expect(await audited()).toEqual([
      { action: "instance.set_up", actor: "Ada", address: "203.0.113.7" },
    ]);
  });

  it("makes exactly one admin of 100 at once, and 410 for the others", async () => {
    const token = await offered();
    const tries = Array.from({ length: 100 }, (_, index) =>
      setUpWith(token, { name: `Try ${index}`, email: `try${index}@example.com` }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 410)).toHaveLength(99);
    expect(await people()).toHaveLength(1);
  });

  it("makes exactly one of two processes at once, by one token and by one of each", async () => {
    // Loaded anew, it is another process's: what they share is the database.
    vi.resetModules();
    const other = await import("@/lib/auth/set-up/set-up");
    const outcomes = async (tokens: [string, string]) => {
      const [one, another] = [`${newId()}@example.com`, `${newId()}@example.com`];
      const tries = await Promise.allSettled([
        setUp(context, { ...account, token: tokens[0], email: one }, undefined),
        other.setUp(context, { ...account, token: tokens[1], email: another }, undefined),
      ]);
      return tries.map((made) => (made.status === "fulfilled" ? "made" : made.reason.code)).sort();
    };
    const token = await offered();
    expect(await outcomes([token, token])).toEqual(["expired", "made"]);
    await database.db.deleteFrom("people").execute();
    const later = await offered();
    await database.db
      .insertInto("set_up_tokens")
      .values({
        token_hash: hashSecret("of-another-replica"),
        purpose: "first_admin",
        expires_at: new Date(noon.getTime() + 1),
      })
      .execute();
    expect(await outcomes([later, "of-another-replica"])).toEqual(["expired", "made"]);
    expect(await people()).toHaveLength(1);
  });

  it("410 without the token, also 100 at once, and nobody is made", async () => {
    await offered();
    const guess = "A".repeat(22);
    const statuses = (await Promise.all(Array.from({ length: 100 }, () => setUpWith(guess)))).map(
      ({ status }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set([410]));
    expect(await people()).toEqual([]);
  });

  it("410 from the 60th minute on, 201 before it", async () => {
    const token = await offered();
    expect((await setUpWith(token, {}, minutesLater(60))).status).toBe(410);
    expect((await setUpWith(token, {}, minutesLater(59))).status).toBe(201);
  });

  it("400 for a weak password, and the address still holds", async () => {
    const token = await offered();
    const refused = await setUpWith(token, { password: "password1234" });
    expect([refused.status, refused.body.field]).toEqual([400, "password"]);
    expect((await setUpWith(token)).status).toBe(201);
  });

  it.each([
    ["NUL", "A\u0000da"],
    ["a lone surrogate", "A\ud800da"],
    ["over 200 characters", "a".repeat(201)],
    ["nothing", " "],
  ])("400 for a name with %s", async (_what, name) => {
    expect((await setUpWith(await offered(), { name })).status).toBe(400);
  });
});

describe("a recovery", () => {
  const recovery = async () => tokenOf(await offerRecovery(context, base));

  it("replaces the password of the account of that e-mail, restores it, and ends its sessions", async () => {
    const first = await setUpWith(await offered());
    await database.db.updateTable("people").set({ role: "viewer", disabled_at: noon }).execute();
    const token = await recovery();
    const restored = await setUpWith(token, {
      email: "ada@example.com",
      password: "a wholly new phrase",
    });
    expect(restored.body.person).toMatchObject({ id: first.body.person.id, role: "admin" });
    expect(await people()).toMatchObject([{ name: "Ada", role: "admin", disabled_at: null }]);
    const sessions = await database.db.selectFrom("sessions").selectAll().execute();
    expect(sessions).toHaveLength(1);
    expect(restored.cookie).not.toBe(first.cookie);
    expect((await audited()).slice(-2)).toEqual([
      { action: "instance.recovery_offered", actor: "pushline", address: null },
      { action: "instance.recovered", actor: "Ada", address: "203.0.113.7" },
    ]);
  });

  it("makes a further admin of an unknown e-mail, once, and outlives a restart", async () => {
    await signedIn(context, { role: "admin" });
    const token = await recovery();
    await offerSetUp(context, folder, base);
    expect((await setUpWith(token)).status).toBe(201);
    expect((await setUpWith(token, { email: "other@example.com" })).status).toBe(410);
    expect(await people()).toHaveLength(2);
  });
});
