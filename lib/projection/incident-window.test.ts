import fc from "fast-check";
import { sql } from "kysely";
import { expect, it } from "vitest";
import { defaultConfig } from "@/lib/config";
import { digest } from "@/lib/facts/digest";
import { alertMemberId, publicId } from "@/lib/facts/keys";
import {
  contextOver,
  deliver,
  deriveAll,
  forgetEverything,
  type Posted,
  posted,
  projectAll,
  settleAll,
  word,
} from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";

const database = projectionDatabase(defaultConfig);
const context = () => contextOver(database.db, defaultConfig);

const begin = Date.UTC(2026, 10, 2);
const minutes = fc.integer({ min: 0, max: 90 });
const sources = fc.constantFrom("pipeline", "pager");
const services = fc.constantFrom("shop", "shop", "shop", "cart");
const time = (at: number) => new Date(begin + at * 60_000).toISOString();
const said = (source: string, asOf: number, body: object): Posted =>
  posted(source, "native", "09:00", {
    environment: "production",
    ...body,
    asOf: time(20_000 + asOf),
  });

const anyIncident = fc
  .record({ id: fc.nat(3), source: sources, service: services, at: minutes, asOf: fc.nat(9) })
  .map(({ id, source, service, at, asOf }) =>
    said(source, asOf, {
      type: "incident",
      id: `i${id}`,
      title: "Down",
      service,
      openedAt: time(at),
    }),
  );
const anyAlert = fc
  .record({
    id: fc.nat(4),
    source: sources,
    service: services,
    severity: fc.constantFrom("critical", "critical", "info"),
    at: minutes,
    incident: fc.option(fc.nat(3), { freq: 2 }),
    asOf: fc.nat(9),
  })
  .map(({ id, source, at, incident, asOf, ...more }) =>
    said(source, asOf, {
      type: "alert",
      id: `a${id}`,
      name: "High",
      startedAt: time(at),
      ...(incident !== null && { incident: `i${incident}` }),
      ...more,
    }),
  );
const anyWord = fc
  .record({
    member: fc.oneof(
      fc.tuple(sources, fc.nat(3)).map(([from, id]) => publicId("incident", `${from}/i${id}`)),
      fc.tuple(sources, fc.nat(4)).map(([from, id]) => alertMemberId(`${from}/a${id}`)),
    ),
    apart: fc.boolean(),
    hour: fc.integer({ min: 10, max: 23 }),
  })
  .map(({ hour, ...words }) =>
    word(`8 ${hour}:00`, { type: "separation", kind: "incident", note: null, ...words }),
  );

it("law: signals of two sources, moved and parted, are the same incidents however they were told", async () => {
  const { db } = database;
  const stories = fc.array(fc.oneof(anyIncident, anyAlert, anyAlert, anyWord), {
    minLength: 10,
    maxLength: 24,
  });
  const property = fc.asyncProperty(stories, async (story) => {
    await forgetEverything(db);
    for (const one of story) {
      await deliver(db, [one]);
      await settleAll(context());
      const windowed = await incidents();
      await sql`update streams set dirty_from = timestamptz 'epoch'`.execute(db);
      await deriveAll(context());
      expect(windowed).toEqual(await incidents());
    }
    const live = await digest(db);
    await forgetEverything(db);
    await deliver(db, story.toReversed());
    await projectAll(context());
    await deriveAll(context());
    expect(await digest(db)).toBe(live);
  });
  await fc.assert(property, { numRuns: 12, seed: 20261122, endOnFailure: true });
}, 180_000);

/** What was grouped, and to what each alert belongs. */
async function incidents() {
  const { rows } = await sql`
    select row_to_json(i)::text as row from incidents i
    union all
    select json_build_array(id, incident_id)::text from alerts
    order by row`.execute(database.db);
  return rows;
}
