import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { anonymous } from "@/lib/auth/actor";
import { contextOf } from "@/lib/auth/testing-access/personas";
import { readingVerbsOf, verbsOf } from "@/lib/auth/testing-access/verbs";
import { makeWorld, type World } from "@/lib/auth/testing-access/world";
import { manifest } from "@/lib/http/manifest";

let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
});
afterAll(() => database.close());

const guarded = manifest.filter(
  ({ method, side, access }) =>
    method !== "GET" && side === "next" && access !== "open" && access !== "self",
);
const call = (operation: string) => {
  const verb = verbsOf(world)[operation];
  if (!verb) throw new Error(`${operation} has no verb in lib/auth/testing-access/verbs.ts.`);
  return verb;
};

describe("past its route, each verb that changes something asks the policy itself", () => {
  it.each(guarded.map(({ operation }) => operation))("%s", async (operation) => {
    const verb = call(operation);
    await expect(verb({ ...world.context, actor: anonymous })).rejects.toMatchObject({
      code: "unauthenticated",
    });
    for (const persona of ["viewer", "betaEditor", "readToken", "ingestToken"] as const)
      await expect(verb(await contextOf(world, persona)), persona).rejects.toMatchObject({
        code: "forbidden",
      });
    await expect(verb(await contextOf(world, "elsewhereToken"))).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

it("past its route, no verb that reads answers a stranger", async () => {
  const verbs = Object.entries(readingVerbsOf(world));
  for (const [operation, verb] of verbs) {
    await expect(verb({ ...world.context, actor: anonymous }), operation).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await expect(verb(await contextOf(world, "admin")), operation).resolves.toBeDefined();
  }
  const reading = manifest.filter(({ method, side }) => method === "GET" && side === "next");
  const told = reading
    .filter(({ access }) => access === "read" || access === "admin")
    .map(({ operation }) => operation)
    .filter((operation) => !["readMe", "listProviders", "findProviderGuide"].includes(operation));
  expect(verbs.map(([operation]) => operation).sort()).toEqual(told.sort());
});

describe("a word of somebody who may", () => {
  const audited = async (action: string) => {
    const { actor, subject, details } = await database.db
      .selectFrom("audit")
      .selectAll()
      .where("action", "=", action)
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    return { actor, subject, details };
  };
  const kept = async (event: string) => {
    const { actor, body } = await database.db
      .selectFrom("deliveries")
      .select(["actor", "body"])
      .where("source", "=", "pushline")
      .where("event", "=", event)
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    return { actor, words: JSON.parse(body.toString()) };
  };

  it("on a deployment is in the audit, and keeps who it was by more than a name", async () => {
    const context = await contextOf(world, "alphaEditor");
    await call("setCorrection")(context);
    const { actor } = context;
    expect(await audited("deployment.corrected")).toMatchObject({
      actor: actor.name,
      subject: world.ids.deployment,
      details: { service: "atlas", note: "as it was" },
    });
    expect(await kept("correction")).toMatchObject({
      actor: actor.name,
      words: { actor: actor.name, actorId: "id" in actor ? actor.id : "nobody" },
    });
  });

  it("on an incident is in the audit, and one that is refused is not", async () => {
    const before = await audited("incident.judged");
    const stranger = await contextOf(world, "betaEditor");
    await expect(call("setCause")(stranger)).rejects.toMatchObject({ code: "forbidden" });
    expect(await audited("incident.judged")).toEqual(before);
    const context = await contextOf(world, "writeToken");
    await call("setCause")(context);
    expect(await audited("incident.judged")).toMatchObject({
      actor: "writeToken",
      subject: world.ids.incident,
    });
  });

  it("to replay is in the audit with its source", async () => {
    await call("replayDelivery")(await contextOf(world, "sourceToken"));
    expect(await audited("delivery.replayed")).toMatchObject({
      actor: "sourceToken",
      subject: world.ids.delivery,
      details: { source: "atlas-hook" },
    });
  });
});
