import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type Ask, openInstance } from "@/lib/auth/testing-access/ask";
import type { PersonaName } from "@/lib/auth/testing-access/classes";
import { outside } from "@/lib/auth/testing-access/tellings";
import { makeWorld, type World } from "@/lib/auth/testing-access/world";
import type { Route } from "@/lib/http/route";
import { eventsRoute, otlpMetricsRoute } from "@/lib/http/routes/ingest";

let database: TestDatabase;
let world: World;
let ask: Ask;
let close: () => Promise<void> = async () => undefined;
beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  ({ ask, close } = await openInstance(world));
});
beforeEach(async () => {
  await database.db.deleteFrom("deliveries").where("outcome", "=", "pending").execute();
});
afterAll(async () => {
  await close();
  await database.close();
});

const at = "2026-11-02T12:00:00Z";
const service = { service: "atlas", environment: "production" };
const elsewhere = { service: outside.service, environment: "production" };
const release = { type: "release", id: "r", ...service, at };
const deployment = { type: "deployment", id: "d", ...service, revision: "1", status: "running" };
const incident = { type: "incident", id: "i", ...service, title: "down", openedAt: at };
const alert = { type: "alert", id: "a", ...service, name: "errors", startedAt: at };
const ofRepository = (repository: string) => [
  { type: "change", id: "c", repository, revision: "1", authoredAt: at },
  { type: "build", id: "b", repository, revision: "1", name: "ci", status: "running" },
  { type: "test_run", id: "t", repository, revision: "1", status: "running" },
];

async function send(body: unknown, persona: PersonaName = "serviceToken") {
  const answer = await ask(eventsRoute as unknown as Route, { body }, persona);
  return { status: answer.status, ...(await answer.json()) };
}
const kept = () =>
  database.db
    .selectFrom("deliveries")
    .select(["source", "event"])
    .where("outcome", "=", "pending")
    .execute();

const outsideEvents: [what: string, event: object, field: string][] = [
  ["a release", { ...release, ...elsewhere }, "service"],
  ["a deployment", { ...deployment, ...elsewhere }, "service"],
  ["an incident", { ...incident, ...elsewhere }, "service"],
  ["an alert", { ...alert, ...elsewhere }, "service"],
  ["an alert of no service", { ...alert, service: null }, "service"],
  ["a service that no rule knows", { ...release, service: "unknown" }, "service"],
  ["a repository of another", { ...deployment, repository: outside.repository }, "repository"],
  ["a repository of nobody", { ...deployment, repository: "acme/unknown" }, "repository"],
  ["a cause elsewhere by its id", { ...incident, cause: "d3 zq9canary" }, "cause"],
  ["a cause that is not there yet", { ...incident, cause: "to come" }, "cause"],
  ...ofRepository(outside.repository).map((event): [string, object, string] => [
    event.type,
    event,
    "repository",
  ]),
];

describe("events by a token of a service or team", () => {
  it("202 for what speaks of its services and their repositories", async () => {
    const own = [release, deployment, incident, alert, ...ofRepository("Acme/Atlas")];
    for (const persona of ["serviceToken", "teamToken"] as const)
      expect(await send(own, persona)).toMatchObject({ status: 202 });
  });

  it.each(outsideEvents)(
    "404 for %s outside, naming it, and nothing of the batch is kept",
    async (_, event, field) => {
      for (const persona of ["serviceToken", "teamToken"] as const) {
        const answer = await send([release, event], persona);
        expect(answer).toMatchObject({
          status: 404,
          code: "not_found",
          field: `events[1].${field}`,
          errors: [{ index: 1, field }],
        });
      }
      expect(await kept()).toEqual([]);
    },
  );

  it("202 for a cause of its own, by the id that the sender knows or the public one", async () => {
    for (const cause of ["d2", world.ids.deployment])
      expect(await send({ ...incident, cause })).toMatchObject({ status: 202 });
    const fresh = { ...deployment, id: "fresh" };
    expect(await send([fresh, { ...incident, cause: "fresh" }])).toMatchObject({ status: 202 });
    const [, build] = ofRepository("acme/atlas");
    const named = { ...build, id: "d3 zq9canary" };
    expect(await send([named, { ...incident, cause: named.id }])).toMatchObject({ status: 404 });
    expect(await send({ ...incident, cause: world.outsideIds.deployment })).toMatchObject({
      status: 404,
    });
  });

  it("names every event that lies outside, not only the first", async () => {
    const { errors } = await send([
      { ...release, ...elsewhere },
      release,
      { ...alert, ...elsewhere },
    ]);
    expect(errors).toMatchObject([{ index: 0 }, { index: 2 }]);
  });
});

describe("CloudEvents by a token of a service", () => {
  const cloud = (type: string, data: object) => ({
    specversion: "1.0",
    id: "e",
    source: "/ci",
    type,
    data,
  });
  async function sendCloud(events: object[]): Promise<number> {
    const contentType = "application/cloudevents-batch+json";
    const sample = { body: events, contentType };
    return (await ask(eventsRoute as unknown as Route, sample, "serviceToken")).status;
  }
  const deployed = (id: string) => ({
    context: {
      version: "0.4.1",
      id: "x",
      source: "/ci",
      type: "dev.cdevents.service.deployed.0.2.0",
      timestamp: at,
    },
    subject: {
      id,
      type: "service",
      content: { environment: { id: "production" }, artifactId: "pkg:oci/x@sha256:1" },
    },
  });

  it("202 where what they carry is of its services", async () => {
    expect(await sendCloud([cloud("dev.pushline.release", release)])).toBe(202);
    expect(await sendCloud([cloud("dev.cdevents.service.deployed.0.2.0", deployed("atlas"))])).toBe(
      202,
    );
  });

  it("404 where it is another's, or cannot be told", async () => {
    expect(await sendCloud([cloud("dev.pushline.release", { ...release, ...elsewhere })])).toBe(
      404,
    );
    expect(
      await sendCloud([cloud("dev.cdevents.service.deployed.0.2.0", deployed(outside.service))]),
    ).toBe(404);
    expect(await sendCloud([cloud("com.example.unknown", {})])).toBe(404);
    expect(await kept()).toEqual([]);
  });
});

it("a token of one source speaks as that source, of whatever it likes", async () => {
  expect(await send([release, { ...release, ...elsewhere }], "sourceToken")).toMatchObject({
    status: 202,
  });
  expect(await kept()).toEqual([
    { source: "atlas-hook", event: "release" },
    { source: "atlas-hook", event: "release" },
  ]);
  expect(await send([release], "serviceToken")).toMatchObject({
    events: [{ outcome: "accepted" }],
  });
});

it("points of other services are left out of OTLP, and said so", async () => {
  const gauge = (name: string) => ({
    resource: { attributes: [{ key: "service.name", value: { stringValue: name } }] },
    scopeMetrics: [
      {
        metrics: [
          {
            name: "jobs",
            gauge: {
              dataPoints: [{ timeUnixNano: `${Date.parse(at)}000000`, asDouble: 1 }],
            },
          },
        ],
      },
    ],
  });
  const body = { resourceMetrics: [gauge("atlas"), gauge(outside.service)] };
  const sent = async (persona: PersonaName) =>
    (await ask(otlpMetricsRoute as unknown as Route, { body }, persona)).json();
  for (const persona of ["serviceToken", "teamToken"] as const)
    expect(await sent(persona)).toEqual({
      partialSuccess: {
        rejectedDataPoints: "1",
        errorMessage: "1 points of services outside this token's reach",
      },
    });
  expect(await sent("sourceToken")).toEqual({});
  const sources = await database.db
    .selectFrom("series")
    .select(["source", "service"])
    .where("metric", "=", "jobs")
    .orderBy("source")
    .orderBy("service")
    .execute();
  expect(sources).toEqual([
    { source: "atlas-hook", service: "atlas" },
    { source: "atlas-hook", service: outside.service },
    { source: "serviceToken", service: "atlas" },
    { source: "teamToken", service: "atlas" },
  ]);
});
