import { describe, expect, it, vi } from "vitest";
import { pullRequestKey } from "@/lib/facts/keys";
import { contextOver, deliver, posted, projectAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import type { Reader, Reading } from "@/lib/sources/reader";

/** Providers with the faults that ours must never have, told apart by name. */
vi.mock(import("@/lib/sources/registry"), async (original) => {
  const registry = await original();
  const faulty: Record<string, () => Reading> = {
    throwing: () => {
      throw new TypeError("undefined is no commit");
    },
    overflowing: () => readingOf(5_000_000_000),
    sound: () => readingOf(7),
  };
  return {
    ...registry,
    providerNamed: (name: string) => {
      const read = faulty[name];
      return read ? ({ name, read } as unknown as Reader) : registry.providerNamed(name);
    },
  };
});

function readingOf(number: number): Reading {
  const asOf = "2026-11-02T09:00:00.000Z";
  const repository = "acme/checkout";
  const key = pullRequestKey(repository, number);
  const members = { repository, number };
  return {
    outcome: "read",
    event: "pull_request",
    statements: [{ noun: "pull_request", key, asOf, members }],
  };
}

const database = projectionDatabase();
const from = (provider: string) => posted("test", provider, "09:00", {});
const projected = async (...providers: string[]) => {
  const ids = await deliver(database.db, providers.map(from));
  await projectAll(contextOver(database.db));
  const rows = await database.db
    .selectFrom("deliveries")
    .select(["id", "outcome", "error_code", "error"])
    .execute();
  return ids.map((id) => rows.find((row) => row.id === id));
};

describe("quarantine", () => {
  it("takes what the database refuses, and nothing beside it", async () => {
    const rows = await projected(
      ...Array.from({ length: 20 }, (_, place) => (place === 13 ? "overflowing" : "sound")),
    );
    expect(rows[13]).toMatchObject({
      outcome: "failed",
      error_code: "fact_refused",
      error: expect.stringContaining("out of range"),
    });
    expect(rows.filter((row) => row?.outcome === "accepted")).toHaveLength(19);
    const statements = await database.db.selectFrom("statements").select("delivery_id").execute();
    expect(statements).toHaveLength(19);
  });

  it("takes what its reader falls over, with the fault's words", async () => {
    const [, fallen] = await projected("sound", "throwing", "sound");
    expect(fallen).toMatchObject({
      outcome: "failed",
      error_code: "reader_error",
      error: "undefined is no commit",
    });
  });

  it("takes back what a delivery said before, when it is read again and refused", async () => {
    const [row] = await projected("sound");
    expect(await database.db.selectFrom("pull_requests").select("id").execute()).toHaveLength(1);
    await database.db
      .updateTable("deliveries")
      .set({ provider: "overflowing", outcome: "pending" })
      .where("id", "=", row?.id ?? 0)
      .execute();
    await projectAll(contextOver(database.db));
    expect(await database.db.selectFrom("pull_requests").select("id").execute()).toEqual([]);
    expect(await database.db.selectFrom("statements").select("key").execute()).toEqual([]);
  });

  it("takes nothing for trouble with the database itself", async () => {
    const [id = 0] = await deliver(database.db, [from("sound")]);
    await database.pool.query("alter table pull_requests rename to gone");
    await expect(projectAll(contextOver(database.db))).rejects.toThrow(/pull_requests/);
    await database.pool.query("alter table gone rename to pull_requests");
    const pending = await database.db
      .selectFrom("deliveries")
      .select("outcome")
      .where("id", "=", id)
      .executeTakeFirst();
    expect(pending?.outcome).toBe("pending");
  });
});
