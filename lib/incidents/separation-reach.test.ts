import { beforeEach, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/context";
import { alertMemberId, publicId } from "@/lib/facts/keys";
import { readIncident } from "@/lib/incidents/list-incidents";
import { setIncidentSeparation } from "@/lib/incidents/set-separation";
import { clock, deliver, native, settleAll } from "@/lib/projection/testing";
import { projectionDatabase } from "@/lib/projection/testing-database";
import { historyConfig } from "@/lib/projection/testing-history";
import { testContext } from "@/lib/testing/context";

const database = projectionDatabase();
const declared = publicId("incident", "pipeline/i1");
const own = alertMemberId("pipeline/a1");
const ofAnother = alertMemberId("pipeline/a2");
const contextOf = (actor: Actor) => testContext(database, historyConfig, { actor });
const token = (service: string): Actor => ({
  kind: "token",
  id: "1",
  name: `${service}-token`,
  scopes: ["read", "write"],
  reach: { kind: "service", name: service },
  expiresAt: null,
  byPrevious: false,
});
const part = (context: Context, member: string, apart = true) =>
  setIncidentSeparation(context, declared, { member, apart, note: null });

beforeEach(async () => {
  const alert = (id: string, service: string) => ({
    type: "alert",
    id,
    incident: "i1",
    service,
    environment: "production",
    name: `High on ${service}`,
    severity: "critical",
    startedAt: clock("10:01"),
  });
  const incident = {
    type: "incident",
    id: "i1",
    service: "checkout",
    environment: "production",
    title: "Orders fail",
    openedAt: clock("10:00"),
  };
  const told = native("10:02", [incident, alert("a1", "checkout"), alert("a2", "web")]);
  await deliver(database.db, [told]);
  await settleAll(await contextOf(token("checkout")));
});

it("an alert of a service out of reach is no sign of it, and cannot be parted from it", async () => {
  const context = await contextOf(token("checkout"));
  const idsOf = async () => (await readIncident(context, declared)).signs.map(({ id }) => id);
  expect(await idsOf()).toEqual([declared, own]);
  await expect(part(context, ofAnother)).rejects.toMatchObject({ code: "not_found" });
  await expect(part(await contextOf(token("web")), ofAnother)).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await database.db.selectFrom("separations").selectAll().execute()).toEqual([]);
});

it("an alert of another stream stands alone there once it is parted, and comes back", async () => {
  const everywhere = await contextOf({ ...token("checkout"), reach: null } as Actor);
  const rest = await part(everywhere, ofAnother);
  expect(rest.signs.map(({ id }) => id)).toEqual([declared, own]);
  expect(rest.separated).toMatchObject([{ id: ofAnother, incident: ofAnother }]);
  expect(await readIncident(everywhere, ofAnother)).toMatchObject({
    id: ofAnother,
    service: "web",
    separated: [{ id: ofAnother }],
  });
  const narrow = await contextOf(token("checkout"));
  expect((await readIncident(narrow, declared)).separated).toEqual([]);
  const whole = await part(everywhere, ofAnother, false);
  expect(whole.signs.map(({ id }) => id).sort()).toEqual([declared, own, ofAnother].sort());
  await expect(readIncident(await contextOf(token("web")), ofAnother)).rejects.toMatchObject({
    code: "not_found",
  });
});

it("is named by an alert's own id too", async () => {
  const everywhere = await contextOf({ ...token("checkout"), reach: null } as Actor);
  const rest = await part(everywhere, publicId("alert", "pipeline/a1"));
  expect(rest.separated).toMatchObject([{ id: own, incident: own }]);
});
