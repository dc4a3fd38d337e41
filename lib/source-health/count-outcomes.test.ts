import { sql } from "kysely";
import { afterEach, expect, it, vi } from "vitest";
import { type Actor, scopes } from "@/lib/auth/actor";
import { replayDelivery } from "@/lib/ingest/replay-delivery";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import { applyReplays } from "@/lib/projection/replay/apply-replays";
import { beginReplay } from "@/lib/projection/replay/begin-replay";
import { contextOver, deliver, native, posted, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig } from "@/lib/projection/testing-history";
import { UnreadableDelivery } from "@/lib/sources/reader";
import { configurableProviders, providerNamed } from "@/lib/sources/registry";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
const everything = { id: "all", name: "all", scopes: [...scopes], byPrevious: false };
const context = () => contextOver(database.db, historyConfig);
afterEach(() => vi.restoreAllMocks());

/** What is counted, and what a count of all deliveries gives; the same for hours and days. */
async function counts() {
  const of = (name: string) => sql`count(*) filter (where outcome = ${name})::integer`;
  const hours = await sql`
    select source, hour, accepted, ignored, failed from source_hours
    where accepted + ignored + failed <> 0 order by 1, 2`.execute(database.db);
  const allHours = await sql`
    select source, date_bin('1 hour', received_at, 'epoch') as hour,
      ${of("accepted")} as accepted, ${of("ignored")} as ignored, ${of("failed")} as failed
    from deliveries where outcome <> 'pending' group by 1, 2 order by 1, 2`.execute(database.db);
  const days = await sql`
    select source, day, event, outcome, reason, deliveries from source_outcomes
    where deliveries <> 0 order by 1, 2, 3, 4, 5`.execute(database.db);
  const allDays = await sql`
    select source, (received_at at time zone 'UTC')::date as day, event, outcome,
      case outcome when 'accepted' then '' when 'failed' then error_code else error end as reason,
      count(*)::integer as deliveries
    from deliveries where outcome <> 'pending' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(
    database.db,
  );
  return {
    counted: { hours: hours.rows, days: days.rows },
    expected: { hours: allHours.rows, days: allDays.rows },
  };
}

async function expectInStep(): Promise<void> {
  const { counted, expected } = await counts();
  expect(expected.hours.length).toBeGreaterThan(1);
  expect(counted).toEqual(expected);
}

it("counts of sources stay in step through settlement, replays and rebuilds", async () => {
  const unread = posted("github", "github", "10:00", { zen: "?" }, { "x-github-event": "ping" });
  await deliver(database.db, [...history, unread, native("10:01", { type: "nothing" })]);
  await settleAll(context());
  await expectInStep();

  const github = configurableProviders.find(({ name }) => name === "github");
  if (!github) throw new Error("GitHub is a provider.");
  vi.spyOn(github, "read").mockImplementation(() => {
    throw new UnreadableDelivery("missing_field", "after", "a revision");
  });
  await database.db
    .transaction()
    .execute((trx) => beginReplay(trx, "github", new Date("2026-11-21T12:00:00Z")));
  while ((await applyReplays(context(), Number.POSITIVE_INFINITY)) === "more");
  const failed = (await counts()).counted.days.filter(
    (row) => (row as { reason: string }).reason === "missing_field",
  );
  expect(failed.length).toBeGreaterThan(0);
  await expectInStep();

  vi.restoreAllMocks();
  await rebuild({ url: database.url, ...context(), log: () => undefined });
  await expectInStep();

  const { id } = await database.db
    .selectFrom("deliveries")
    .select("id")
    .where("source", "=", "github")
    .limit(1)
    .executeTakeFirstOrThrow();
  const actor: Actor = { ...everything, kind: "token", reach: null, expiresAt: null };
  await replayDelivery(await testContext(database, historyConfig, { actor }), String(id));
  await expectInStep();
  await settleAll(context());
  await expectInStep();
});

it("what was fetched from an API is no arrival, whatever else is called after one", async () => {
  const asked = providerNamed("github")?.history?.headers("api.release");
  const dora = { data: { attributes: { service: "checkout", started_at: 1 } } };
  await deliver(database.db, [
    posted("fetched", "github", "10:00", {}, asked ?? {}),
    posted("dora", "datadog", "10:00", dora, {}),
  ]);
  await sql`update deliveries set event = 'api.event' where source in ('fetched', 'dora')`.execute(
    database.db,
  );
  await settleAll(context());
  const { rows: days } = await sql`
    select source, event, deliveries from source_outcomes
    where source in ('fetched', 'dora') order by source`.execute(database.db);
  expect(days).toEqual([
    { source: "dora", event: "api.event", deliveries: 1 },
    { source: "fetched", event: "api.event", deliveries: 1 },
  ]);
  const { rows } = await sql`
    select source from source_hours where source in ('fetched', 'dora')`.execute(database.db);
  expect(rows).toEqual([{ source: "dora" }]);
});
