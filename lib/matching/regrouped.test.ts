import { expect, it } from "vitest";
import { publicId } from "@/lib/facts/keys";
import { setIncidentSeparation } from "@/lib/incidents/set-separation";
import { judgeDue } from "@/lib/matching/assessor";
import { readSuspects } from "@/lib/matching/read-suspects";
import { clock, deliver, deploy, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { fired, paged } from "@/lib/projection/testing-signals";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
const declared = publicId("incident", "pagerduty/P1");

it("judges anew, once, what several sources' reports joined into, and what was parted from it", async () => {
  const person = { kind: "person", id: "bo", name: "Bo", email: null, role: "editor" } as const;
  const context = await testContext(database, historyConfig, {
    actor: { ...person, teams: {}, session: "session" },
    clock: { now: () => new Date(clock("1 10:23")) },
  });
  const judged = async () => {
    await settleAll(context);
    const count = await judgeDue(context);
    expect(await judgeDue(context)).toBe(0);
    const rows = await database.db
      .selectFrom("assessments")
      .select(["incident_id", "occasion"])
      .execute();
    return { count, made: rows.map((row) => `${row.incident_id} ${row.occasion}`).sort() };
  };
  await database.told(...deploy("acme/checkout", 1, "c0", ["1 10:00", "1 10:01", "1 10:10"]));
  await deliver(database.db, [fired("HighErrorRate", "1 10:20")]);
  const first = await judged();
  const alert = (await database.db.selectFrom("alerts").select("member_id").executeTakeFirst())
    ?.member_id;
  expect(first).toEqual({ count: 1, made: [`${alert} opened`] });

  // The whole goes by the declared one's id, and its judgement is found by the alert's too.
  await deliver(database.db, [paged("P1", "triggered", "1 10:22")]);
  expect(await judged()).toEqual({
    count: 1,
    made: [`${alert} opened`, `${declared} regrouped`].sort(),
  });
  expect((await readSuspects(context, alert ?? "", null)).incident).toBe(declared);
  await deliver(database.db, [paged("P1", "acknowledged", "1 10:23", { opened: "1 10:22" })]);
  expect((await judged()).count).toBe(0);
  // One more alert of who is heard already is news of the same.
  await deliver(database.db, [fired("HighLatency", "1 10:23")]);
  expect((await judged()).count).toBe(0);

  const word = { member: alert ?? "", apart: true, note: null };
  await setIncidentSeparation(context, declared, word);
  expect(await judged()).toEqual({
    count: 1,
    made: [`${alert} opened`, `${declared} regrouped`].sort(),
  });
});
