import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { signedIn } from "@/lib/auth/testing";
import { type Ask, openInstance } from "@/lib/auth/testing-access/ask";
import type { PersonaName } from "@/lib/auth/testing-access/classes";
import { type Glimpse, glimpsesOf } from "@/lib/auth/testing-access/glimpses";
import { canary, outside } from "@/lib/auth/testing-access/tellings";
import { makeWorld, type World } from "@/lib/auth/testing-access/world";
import { manifest } from "@/lib/http/manifest";
import type { Route } from "@/lib/http/route";
import { announce } from "@/lib/live/announce";

let database: TestDatabase;
let world: World;
let glimpses: Record<string, Glimpse>;
/** Public ids and revisions of all that lies outside: they tell of it as names do. */
let secrets: string[];
let ask: Ask;
let close: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  database = await testDatabase();
  world = await makeWorld(database);
  glimpses = glimpsesOf(world);
  secrets = [canary, ...(await idsOutside())];
  ({ ask, close } = await openInstance(world));
});
afterAll(async () => {
  await close();
  await database.close();
});

const reading = manifest.filter(({ method, access }) => method === "GET" && access === "read");
const routeOf = (name: string): Route => {
  const route = reading.find(({ operation }) => operation === name.split(" ")[0]);
  if (!route) throw new Error(`${name} is no route that reads.`);
  return route;
};

it("asks every route that reads", () => {
  const asked = new Set(Object.keys(glimpses).map((name) => name.split(" ")[0]));
  expect([...asked, "followLive"].sort()).toEqual(reading.map(({ operation }) => operation).sort());
});

describe.each(["serviceToken", "teamToken", "sourceToken"] as const)("a %s", (persona) => {
  const isOfSource = persona === "sourceToken";

  it("is told what is its own, and nothing of what is not", async () => {
    for (const [name, glimpse] of Object.entries(glimpses)) {
      const answer = await ask(routeOf(name), glimpse, persona);
      const text = await answer.text();
      const shows = isOfSource ? glimpse.showsSource : glimpse.shows;
      expect([name, answer.status]).toEqual([name, shows === null ? 404 : 200]);
      if (shows !== null) expect(text, name).toContain(shows);
      expect([name, found(text)]).toEqual([name, []]);
    }
  });

  it("is not told whether what lies outside is there", async () => {
    for (const [name, { elsewhere = [] }] of Object.entries(glimpses))
      for (const question of elsewhere) {
        const answer = await ask(routeOf(name), question, persona);
        expect([name, question, answer.status]).toEqual([name, question, 404]);
        expect(await answer.json()).toMatchObject({ code: "not_found" });
      }
  });

  it("hears of its own live, and of nothing else", async () => {
    const text = await hear(persona, isOfSource ? { source: "atlas-hook" } : { service: "atlas" });
    expect(text).toContain(isOfSource ? "event: delivery" : "event: incident");
    if (!isOfSource) expect(text).toContain('"repository":"acme/atlas"');
    expect(found(text)).toEqual([]);
  });
});

it("tells all of it to whoever reaches all, or the tests above could not fail", async () => {
  for (const [name, glimpse] of Object.entries(glimpses)) {
    if (glimpse.wide === null) continue;
    const answer = await ask(routeOf(name), glimpse, "readToken");
    expect(await answer.text(), name).toContain(glimpse.wide ?? canary);
    for (const question of glimpse.elsewhere ?? []) {
      const there = await ask(routeOf(name), question, "readToken");
      expect([name, question, there.status]).toEqual([name, question, 200]);
    }
  }
  expect(found(await hear("readToken", { service: "atlas" }))).toContain(canary);
});

it("tells a token of the other service nothing of this one", async () => {
  for (const [name, { parameters, query }] of Object.entries(glimpses)) {
    const isOwn = parameters !== undefined || query?.includes("atlas") || query?.includes("alpha");
    const answer = await ask(routeOf(name), { parameters, query }, "elsewhereToken");
    expect([name, answer.status]).toEqual([name, isOwn ? 404 : 200]);
    expect(await answer.text(), name).not.toContain("atlas");
  }
});

it("names the people of a team to a token of the team, not to one of its services", async () => {
  await signedIn(world.context, { name: "Quinn", teams: { alpha: "editor" } });
  const teams = async (persona: PersonaName) =>
    (await ask(routeOf("listTeams"), {}, persona)).text();
  expect(await teams("teamToken")).toContain("Quinn");
  expect(await teams("serviceToken")).not.toContain("Quinn");
});

it("does not blame for a token what its reach does not hold", async () => {
  const route = manifest.find(({ operation }) => operation === "setCause");
  if (!route) throw new Error("There is no route for verdicts.");
  const body = {
    verdict: "confirmed",
    changes: [{ kind: "deployment", id: world.outsideIds.deployment }],
  };
  const sample = { parameters: { id: world.ids.incident }, body };
  for (const persona of ["serviceToken", "teamToken"] as const)
    expect((await ask(route, sample, persona)).status).toBe(400);
  expect((await ask(route, sample, "writeToken")).status).toBe(200);
});

function found(text: string): string[] {
  return secrets.filter((secret) => text.includes(secret));
}

async function idsOutside(): Promise<string[]> {
  const { db } = database;
  const parts = await Promise.all([
    ...(["deployments", "releases", "alerts", "incidents"] as const).map((table) =>
      db.selectFrom(table).select("id").where("service", "=", outside.service).execute(),
    ),
    ...(["builds", "test_runs"] as const).map((table) =>
      db.selectFrom(table).select("id").where("repository", "=", outside.repository).execute(),
    ),
    db
      .selectFrom("commits")
      .select("revision as id")
      .where("repository", "=", outside.repository)
      .execute(),
  ]);
  const ids = parts.flat().map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(10);
  return ids;
}

/** Everything that a stream tells from its beginning up to a last word that the listener may hear. */
async function hear(
  persona: PersonaName,
  lastWord: { service?: string; source?: string },
): Promise<string> {
  const id = `last word to ${persona}`;
  await announce(database.db, "delivery", [
    { id: `${id} ${canary}`, service: outside.service },
    { id: `${id} ${canary}`, source: outside.source },
    { id: `${id} ${canary}`, repository: outside.repository },
    { id: `${id} ${canary}` },
  ]);
  await announce(database.db, "delivery", { id, ...lastWord });
  const answer = await ask(routeOf("followLive"), { query: "lastEventId=0" }, persona);
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes(`"${id}"`)) break;
  }
  return text;
}
