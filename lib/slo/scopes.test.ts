import { describe, expect, it } from "vitest";
import { isGood, measureKey, measureOf, type SloEvent } from "@/lib/slo/measure";
import {
  defaultObjectives,
  type Objective,
  objectiveId,
  readObjectiveId,
  type Scope,
} from "@/lib/slo/objective";
import { objectiveInForce } from "@/lib/slo/scopes";
import { slosAsked } from "@/lib/slo/slos-asked";

const services = [
  { name: "checkout", repository: "acme/checkout", team: "payments" },
  { name: "ledger", repository: "acme/ledger", team: "payments" },
  { name: "web", repository: "acme/mono", team: "storefront" },
  { name: "bff", repository: "Acme/Mono", team: "storefront" },
];
const whole: Scope = { kind: "all", name: "" };
const team: Scope = { kind: "team", name: "payments" };
const checkout: Scope = { kind: "service", name: "checkout" };
const repository: Scope = { kind: "repository", name: "acme/checkout" };

const objective = (
  scope: Scope,
  thresholdSeconds: number | null,
  indicator: Objective["indicator"] = "deployment_duration",
): Objective => ({ indicator, scope, thresholdSeconds, target: 0.9, windowDays: 28 });

const event = (seconds: number, more: Partial<SloEvent> = {}): SloEvent => ({
  at: new Date(0),
  seconds,
  service: "checkout",
  team: "payments",
  repository: "acme/checkout",
  ...more,
});

function measured(
  scope: Scope,
  objectives: Objective[],
  indicator = objective(whole, 1).indicator,
) {
  const held = objectiveInForce(objectives, { indicator, scope }, services);
  const measure = held && measureOf(held.objective, objectives, services);
  if (!measure) throw new Error("There is no objective in force.");
  return measure;
}

describe("which objective holds", () => {
  const set = [objective(whole, 120), objective(team, 90), objective(repository, 60)];

  it("is the narrowest: a service or repository before the team before the instance", () => {
    const thresholdIn = (scope: Scope, objectives = set) =>
      objectiveInForce(objectives, { indicator: "deployment_duration", scope }, services)?.objective
        .thresholdSeconds;
    expect(thresholdIn({ kind: "service", name: "web" })).toBe(120);
    expect(thresholdIn({ kind: "service", name: "ledger" })).toBe(90);
    expect(thresholdIn(checkout)).toBe(60);
    expect(thresholdIn(checkout, [...set, objective(checkout, 30)])).toBe(30);
    expect(thresholdIn({ kind: "repository", name: "ACME/checkout" })).toBe(60);
  });

  it("is none where it was switched off, and none where nothing was ever set", () => {
    const off = [...defaultObjectives, objective(team, null)];
    const asked = slosAsked(off, services, [team]).map(({ indicator }) => indicator);
    expect(asked).toEqual(["build_duration", "rollback_duration", "commit_to_production"]);
  });
});

describe("a wider figure", () => {
  it("judges every event by its own service's, repository's or team's objective", () => {
    const set = [objective(whole, 120), objective(team, 90), objective(checkout, 30)];
    const judge = (scope: Scope, seen: SloEvent) => isGood(measured(scope, set), seen);
    expect(judge(whole, event(45))).toBe(false);
    expect(judge(whole, event(45, { service: "ledger", repository: "acme/ledger" }))).toBe(true);
    expect(judge(whole, event(100, { service: "ledger", repository: "acme/ledger" }))).toBe(false);
    expect(judge(whole, event(100, { service: "web", team: "storefront" }))).toBe(true);
    expect(judge(team, event(45))).toBe(false);
    expect(judge(team, event(5, { service: "web", team: "storefront" }))).toBeNull();
  });

  it("leaves out what was switched off there", () => {
    const set = [objective(whole, 120), objective(checkout, null)];
    expect(isGood(measured(whole, set), event(5))).toBeNull();
    expect(isGood(measured(whole, set), event(5, { service: "ledger" }))).toBe(true);
  });

  it("is strict: what takes just the threshold is not good", () => {
    expect(isGood(measured(whole, [objective(whole, 120)]), event(120))).toBe(false);
    expect(isGood(measured(whole, [objective(whole, 120)]), event(119.999))).toBe(true);
  });
});

describe("builds, which know only their repository", () => {
  const build = (seconds: number, name: string) =>
    event(seconds, { service: null, team: null, repository: name });

  it("are a team's by the repositories of its services", () => {
    const measure = measured(team, [...defaultObjectives], "build_duration");
    expect(measure).toMatchObject({ scope: "repository", names: ["acme/checkout", "acme/ledger"] });
    expect(isGood(measure, build(5, "acme/mono"))).toBeNull();
  });

  it("are judged by the strictest objective of the services that share a repository", () => {
    const web = objective({ kind: "service", name: "web" }, 300, "build_duration");
    const bff = objective({ kind: "service", name: "bff" }, 900, "build_duration");
    const measure = measured(whole, [...defaultObjectives, web, bff], "build_duration");
    expect(isGood(measure, build(400, "acme/mono"))).toBe(false);
    expect(isGood(measure, build(400, "acme/ledger"))).toBe(true);
  });
});

it("names an objective by an id that reads back", () => {
  for (const scope of [whole, team, checkout, repository]) {
    const named = { indicator: "recovery", scope } as const;
    expect(readObjectiveId(objectiveId(named))).toEqual(named);
  }
  for (const id of [
    "",
    "speed",
    "recovery:",
    "recovery:planet:mars",
    "recovery:team:",
    "recovery:all:x",
  ])
    expect(readObjectiveId(id)).toBeNull();
});

it("keeps measures apart that count differently", () => {
  const one = measured(team, [objective(whole, 120)]);
  expect(measureKey(measured(team, [objective(whole, 120)]))).toBe(measureKey(one));
  const others = [
    measured(whole, [objective(whole, 120)]),
    measured(team, [objective(whole, 121)]),
    measured(team, [objective(whole, 120), objective(checkout, 5)]),
  ];
  for (const other of others) expect(measureKey(other)).not.toBe(measureKey(one));
});
