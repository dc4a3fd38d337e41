import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { digest } from "@/lib/facts/digest";
import { publicId } from "@/lib/facts/keys";
import { saveAssessment } from "@/lib/facts/save-assessment";
import { rebuild } from "@/lib/projection/rebuild/rebuild";
import {
  contextOver,
  deliver,
  forgetEverything,
  projectAll,
  settleAll,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { history, historyConfig, incidentOfFirstAlert } from "@/lib/projection/testing-history";

const database = projectionDatabase();
beforeEach(async () => {
  await forgetEverything(database.db);
  await database.db.deleteFrom("assessments").execute();
});

const context = () => contextOver(database.db, historyConfig);
const again = (log: (line: string) => void = () => undefined) =>
  rebuild({ url: database.url, ...context(), log });

describe("a rebuild", () => {
  it("equals what was live, assessments and people's words included", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    const assessment = {
      incident_id: incidentOfFirstAlert,
      occasion: "opened",
      assessed_at: new Date(),
      model: "test",
      suspects: JSON.stringify([
        { kind: "deployment", id: publicId("deployment", "github/30"), probability: 0.95 },
      ]),
    };
    await database.db.transaction().execute((trx) => saveAssessment(trx, assessment, 0.8));
    await settleAll(context());
    const live = await digest(database.db);
    const rebuilt = await again();
    expect(rebuilt).toMatchObject({ deliveries: history.length, before: live, after: live });
    expect(Object.values(rebuilt.differing).every((rows) => rows === 0)).toBe(true);
    expect(await digest(database.db)).toBe(live);
  });

  it("puts right what is wrong, and nothing else", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    const live = await digest(database.db);
    await sql`update deployments set kind = 'redeploy', failed = true where service = 'web'`.execute(
      database.db,
    );
    await sql`delete from commits where repository = 'acme/mono'`.execute(database.db);
    await sql`insert into releases (id, source, key, service, environment, tier, subject, at)
      values ('stray', 's', 's/1', 'web', 'production', 'production', 'flag', now())`.execute(
      database.db,
    );
    const rebuilt = await again();
    expect(rebuilt.after).toBe(live);
    expect(rebuilt.before).not.toBe(live);
    expect(rebuilt.differing).toMatchObject({
      deployments: 3,
      commits: 3,
      releases: 1,
      pushes: 0,
      incidents: 0,
    });
    expect(await digest(database.db)).toBe(live);
  });

  it("takes along what is told and projected while it reads", async () => {
    await deliver(database.db, history.slice(0, 40));
    await settleAll(context());
    let told: Promise<void> | null = null;
    await again(() => {
      told ??= deliver(database.db, history.slice(40)).then(() => projectAll(context()));
    });
    await told;
    await settleAll(context());
    const rebuilt = await digest(database.db);

    await forgetEverything(database.db);
    await deliver(database.db, history);
    await settleAll(context());
    expect(rebuilt).toBe(await digest(database.db));
  });

  it("reads what was quarantined again, and gives it its new outcome", async () => {
    const ids = await deliver(
      database.db,
      history.map((posted) => ({ ...posted, provider: "not-yet" })),
    );
    await settleAll(context());
    for (const [index, id] of ids.entries())
      await database.db
        .updateTable("deliveries")
        .set({ provider: history[index]?.provider ?? "" })
        .where("id", "=", id)
        .execute();
    await again();
    const rows = await database.db
      .selectFrom("deliveries")
      .select(["outcome"])
      .where("outcome", "=", "failed")
      .execute();
    expect(rows).toHaveLength(1);
    expect(await database.db.selectFrom("deployments").select("id").execute()).not.toHaveLength(0);
  });

  it("leaves nothing of its own behind, and is one at a time", async () => {
    await deliver(database.db, history);
    await settleAll(context());
    const results = await Promise.allSettled([again(), again()]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const { rows } = await sql<{ name: string }>`
      select nspname as name from pg_namespace where nspname like 'pushline%'`.execute(database.db);
    expect(rows).toEqual([]);
  });
});
