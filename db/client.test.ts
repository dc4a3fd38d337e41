import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createDatabase, type DatabaseConnection } from "@/db/client";
import { type TestDatabase, testDatabase } from "@/db/testing";

let test: TestDatabase;
const opened: DatabaseConnection[] = [];
beforeAll(async () => {
  test = await testDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((connection) => connection.close()));
});
afterAll(() => test.close());

function open(
  options: Partial<Parameters<typeof createDatabase>[1]> = {},
  url = test.url,
): DatabaseConnection {
  const connection = createDatabase(url, {
    max: 1,
    statementTimeoutMs: 10_000,
    applicationName: "client-test",
    ...options,
  });
  opened.push(connection);
  return connection;
}

async function one(connection: DatabaseConnection, expression: string): Promise<unknown> {
  const answer = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
    connection.db,
  );
  return answer.rows[0]?.value;
}

describe("values", () => {
  it("gives bigints as numbers, and refuses those that a number cannot hold", async () => {
    expect(await one(test, "9007199254740991::bigint")).toBe(9_007_199_254_740_991);
    expect(await one(test, "array[1, null, -3]::bigint[]")).toEqual([1, null, -3]);
    expect(await one(test, "'{}'::bigint[]")).toEqual([]);
    await expect(one(test, "9007199254740993::bigint")).rejects.toThrow(
      /9007199254740993 is beyond/,
    );
    expect(await one(test, "1")).toBe(1);
  });

  it("gives instants as Dates and calendar days as text", async () => {
    expect(await one(test, "'2026-03-01T12:00:00.123+02'::timestamptz")).toEqual(
      new Date("2026-03-01T10:00:00.123Z"),
    );
    expect(await one(test, "'2026-03-01'::date")).toBe("2026-03-01");
  });
});

describe("trouble", () => {
  it("survives the end of an idle connection", async () => {
    const errors: Error[] = [];
    const connection = open({ onError: (error) => errors.push(error) });
    const pid = await one(connection, "pg_backend_pid()");
    await one(test, `pg_terminate_backend(${pid})`);
    await expect.poll(() => errors.length).toBe(1);
    expect(await one(connection, "pg_backend_pid()")).not.toBe(pid);
  });

  it("ends a statement at its limit, and goes on", async () => {
    const connection = open({ statementTimeoutMs: 100 });
    await expect(one(connection, "pg_sleep(30)")).rejects.toThrow(/statement timeout/);
    expect(await one(connection, "1")).toBe(1);
  });

  it("does not give a connection that hangs to the next query", async () => {
    const hanging = await startProxy(test.url);
    const connection = open({ statementTimeoutMs: 200 }, hanging.url);
    await one(connection, "1");
    hanging.freeze();
    await expect(one(connection, "2")).rejects.toThrow(/Query read timeout/);
    expect(await one(connection, "3")).toBe(3);
    await connection.close();
    hanging.close();
  });
});

/** A way to the database that can fall silent; connections made after `freeze` work again. */
async function startProxy(url: string) {
  const target = new URL(url);
  const socket = `${target.searchParams.get("host")}/.s.PGSQL.5432`;
  const sockets: Socket[] = [];
  const server = createServer((near) => {
    const far = connect(socket);
    near.pipe(far).pipe(near);
    sockets.push(near, far);
    for (const end of [near, far]) end.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  target.searchParams.delete("host");
  target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: target.href,
    freeze() {
      for (const end of sockets) end.unpipe().pause();
    },
    close() {
      server.close();
      for (const end of sockets) end.destroy();
    },
  };
}
