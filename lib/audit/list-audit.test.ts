import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordAudit } from "@/lib/audit/audit";
import { fixedClock } from "@/lib/clock";
import type { Context } from "@/lib/context";
import { handle } from "@/lib/http/handle";
import { listAuditRoute } from "@/lib/http/routes/audit";
import { bearer, type TestServer, testServer } from "@/lib/http/server/testing";

let server: TestServer;
const start = Date.parse("2026-03-01T00:00:00Z");
/** More than two batches of the export. */
const entries = 1_203;
const bearing = { kind: "token", expiresAt: null, byPrevious: false } as const;

beforeAll(async () => {
  server = await testServer();
  const { db } = server.database;
  const by = (name: string, minute: number): Context => ({
    ...server.context,
    actor: { ...bearing, id: `${name}-id`, name, scopes: [], reach: null },
    address: "192.0.2.7",
    clock: fixedClock(new Date(start + minute * 60_000)),
  });
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < entries - 3; n += 1)
      await recordAudit(trx, by("pipeline", Math.floor(n / 2)), {
        action: "delivery.replayed",
        subject: { kind: "delivery", id: `bulk-${n}` },
      });
    await recordAudit(trx, by("ana", 2_000), {
      action: "token.made",
      subject: { kind: "token", id: "t1" },
      details: { name: "Checkout-Deployer", scopes: ["ingest"] },
    });
    await recordAudit(trx, by("bo", 2_001), {
      action: "team.saved",
      subject: { kind: "team", id: "payments" },
      details: { timezone: "Europe/Berlin", text: "x".repeat(5_000) },
    });
    await recordAudit(trx, by("=cmd|'/c calc'!A1", 2_002), { action: "account.signed_out" });
  });
}, 60_000);
afterAll(() => server.close());

function ask(query = "", who: "pipeline" | "reader" | "sender" | null = "pipeline") {
  const headers: Record<string, string> = who ? bearer(who) : {};
  const request = new Request(`http://localhost/api/v1/audit${query}`, { headers });
  return handle(listAuditRoute)(request, { params: Promise.resolve({}) });
}
const subjects = async (query: string): Promise<(string | null)[]> => {
  const { items } = await (await ask(query)).json();
  return items.map(({ subject }: { subject: string | null }) => subject);
};

describe("GET /api/v1/audit", () => {
  it("200 newest first, with who, what, when and from where", async () => {
    const { items } = await (await ask("?limit=3")).json();
    expect(items[2]).toEqual({
      id: expect.stringMatching(/^\d+$/),
      at: "2026-03-02T09:20:00.000Z",
      actorKind: "token",
      actor: "ana",
      actorId: "ana-id",
      action: "token.made",
      subjectKind: "token",
      subject: "t1",
      address: "192.0.2.7",
      details: { name: "Checkout-Deployer", scopes: ["ingest"] },
    });
    expect(items[0].subject).toBeNull();
  });

  it("200 page by page, each entry once, those of one moment too", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await (await ask(`?limit=499${cursor && `&cursor=${cursor}`}`)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(entries);
    expect(seen).toHaveLength(entries);
  });

  it("200 by actor, action, subject and time", async () => {
    expect(await subjects("?actor=ana,bo")).toEqual(["payments", "t1"]);
    expect(await subjects("?actorId=ana-id")).toEqual(["t1"]);
    expect(await subjects("?action=token.made")).toEqual(["t1"]);
    expect(await subjects("?subject=bulk-7")).toEqual(["bulk-7"]);
    expect(await subjects("?from=2026-03-02T09:20:00Z&to=2026-03-02T09:21:00Z")).toEqual(["t1"]);
  });

  it.each([
    ["checkout", ["t1"]],
    ["CHECK", ["t1"]],
    ["deployer ana", ["t1"]],
    ["deployer bo", []],
    ["europe/ber", ["payments"]],
    ["bulk-1199", ["bulk-1199"]],
    [`${"x".repeat(190)}`, ["payments"]],
    ["eckout", []],
    ["' | 'ana':* & !", ["t1"]],
    ["--", []],
  ])("200 by the words %j, or their beginnings, anywhere in an entry", async (search, expected) => {
    expect(await subjects(`?search=${encodeURIComponent(search)}`)).toEqual(expected);
  });

  it("reads an index for a search, not the whole audit", async () => {
    const { rows } = await server.database.db.transaction().execute(async (trx) => {
      // A small table is read whole, whatever its indexes.
      await sql`set local enable_seqscan = off`.execute(trx);
      return sql<{ "QUERY PLAN": string }>`
        explain select id from audit
        where words @@ (select string_agg(quote_literal(word) || ':*', ' & ')
                        from unnest(search_words('checkout')) word)::tsquery
        order by at desc, id desc limit 51`.execute(trx);
    });
    expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("audit_by_words");
  });

  it("400 for a forged cursor, an unknown filter, NUL", async () => {
    const forged = Buffer.from("2026-01-01T00:00:00Z 1;drop").toString("base64url");
    expect((await ask(`?cursor=${forged}`)).status).toBe(400);
    expect((await ask("?colour=red")).status).toBe(400);
    expect((await ask("?search=%00")).status).toBe(400);
  });

  it("401 without a token, 403 without the scope, 404 beyond a token's reach", async () => {
    expect((await ask("", null)).status).toBe(401);
    expect((await ask("", "reader")).status).toBe(403);
    expect((await ask("?format=csv", "sender")).status).toBe(403);
    const reaching: Context = {
      ...server.context,
      actor: {
        ...bearing,
        id: "t",
        name: "t",
        scopes: ["admin"],
        reach: { kind: "team", name: "payments" },
      },
    };
    const input = { parameters: undefined, query: { limit: 50 }, body: undefined };
    const asked = Promise.resolve(
      listAuditRoute.run?.(reaching, { ...input, headers: new Headers() }),
    );
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
    expect(() => listAuditRoute.everyItem?.(reaching, input)).toThrow(/within this token's reach/);
  });
});

describe("GET /api/v1/audit?format=csv", () => {
  it("200 with all that matches, whatever the limit, formulas inert", async () => {
    const answer = await ask("?format=csv&limit=1");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const lines = (await answer.text()).trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "id,at,actorKind,actor,actorId,action,subjectKind,subject,address,details",
    );
    expect(lines).toHaveLength(entries + 1);
    expect(lines[1]).toContain(",'=cmd|'/c calc'!A1,");
    const filtered = await (await ask("?format=csv&action=token.made&search=checkout")).text();
    expect(filtered.trimEnd().split("\r\n")).toHaveLength(2);
  });

  it("asks for the next batch only when the reader has taken the last", async () => {
    let batches = 0;
    const everyItem = listAuditRoute.everyItem;
    const counted = {
      ...listAuditRoute,
      async *everyItem(...input: Parameters<NonNullable<typeof everyItem>>) {
        for await (const batch of everyItem?.(...input) ?? []) {
          batches += 1;
          yield batch;
        }
      },
    };
    const request = new Request("http://localhost/api/v1/audit?format=csv", {
      headers: bearer("pipeline"),
    });
    const answer = await handle(counted)(request, { params: Promise.resolve({}) });
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(batches).toBeLessThan(3);
    await reader?.cancel();
  });
});

describe("the audit in the database", () => {
  const attempts = [
    "update audit set actor = 'nobody'",
    "delete from audit",
    "truncate audit",
    "update audit set actor = 'nobody' where false",
    "with gone as (delete from audit returning id) select count(*) from gone",
    "insert into audit (id, at, actor_kind, actor, action, details) overriding system value select id, at, 'x', 'x', 'x', '{}' from audit limit 1 on conflict (id) do update set actor = 'nobody'",
  ];

  it.each(attempts)("refuses: %s", async (statement) => {
    await expect(sql.raw(statement).execute(server.database.db)).rejects.toMatchObject({
      code: "42501",
    });
  });

  it("refuses it to a session that passes over ordinary triggers as well", async () => {
    const client = new pg.Client({ connectionString: server.database.url });
    await client.connect();
    try {
      await client.query("set session_replication_role = replica");
      await expect(client.query("delete from audit")).rejects.toMatchObject({ code: "42501" });
    } finally {
      await client.end();
    }
  });

  it("keeps an entry only with its deed", async () => {
    const { db } = server.database;
    const deed = db.transaction().execute(async (trx) => {
      await recordAudit(trx, server.context, { action: "instance.recovered" });
      throw new Error("the deed failed");
    });
    await expect(deed).rejects.toThrow("the deed failed");
    expect(await subjects("?action=instance.recovered")).toEqual([]);
  });
});
