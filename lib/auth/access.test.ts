import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "@/db/testing";
import { type Ask, openInstance, problemOf } from "@/lib/auth/testing-access/ask";
import { type Expected, expected, personaNames } from "@/lib/auth/testing-access/classes";
import { type Sample, samplesOf } from "@/lib/auth/testing-access/samples";
import { makeWorld } from "@/lib/auth/testing-access/world";
import { manifest } from "@/lib/http/manifest";

let database: TestDatabase;
let samples: Record<string, Sample>;
let ask: Ask;
let close: () => Promise<void> = async () => undefined;

beforeAll(async () => {
  database = await testDatabase();
  const world = await makeWorld(database);
  samples = samplesOf(world);
  ({ ask, close } = await openInstance(world));
});
afterAll(async () => {
  await close();
  await database.close();
});

it("has a sample for every route, and a route for every sample", () => {
  expect(Object.keys(samples).sort()).toEqual(manifest.map(({ operation }) => operation).sort());
});

describe.each(manifest.map((route) => ({ operation: route.operation, route })))(
  "$operation",
  ({ operation, route }) => {
    it.each(personaNames)("to %s", async (persona) => {
      const sample = samples[operation];
      if (!sample) throw new Error(`${operation} has no sample in lib/auth/testing-access.`);
      const outcome = await outcomeOf(await ask(route, sample, persona), sample);
      expect(outcome).toBe(expected(persona, sample.access));
    });
  },
);

const refusals: Record<string, Expected> = {
  unauthenticated: 401,
  bad_signature: 401,
  forbidden: 403,
  not_found: 404,
};

/** `ok` for a success or what the route itself answers to the sample, a refusal, or what should not be. */
async function outcomeOf(answer: Response, { answers }: Sample): Promise<Expected | string> {
  const problem = await problemOf(answer);
  const { status } = answer;
  if (problem?.code === "not_found" && problem.detail.includes("this token's reach")) return 404;
  if (status === answers || (status >= 200 && status < 300)) return "ok";
  return refusals[problem?.code ?? ""] === status
    ? (status as Expected)
    : `${status} ${problem?.code} ${problem?.detail}`;
}
