import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { firstDelivery, firstRules } from "@/lib/sources/first-mapping";
import { readByMapping } from "@/lib/sources/mapping/read";
import { type Mapping, mappingRules } from "@/lib/sources/mapping-rules";
import { UnfinishedReading, UnreadableDelivery } from "@/lib/sources/reader";
import { deliveryOf, receivedAt } from "@/lib/sources/testing/fixtures";

const rollout: Mapping = [
  {
    when: "event = 'rollout.finished'",
    fact: {
      type: "deployment",
      id: "rollout.number",
      service: "rollout.app",
      environment: "rollout.stage",
      revision: "rollout.commit",
      version: "rollout.build",
      status: "rollout.result = 'OK' ? 'succeeded' : 'failed'",
      startedAt: "$fromMillis(rollout.began * 1000)",
      finishedAt: "$fromMillis(rollout.ended * 1000)",
      author: "rollout.startedBy.login",
      url: "rollout.link",
      hotfix: false,
    },
  },
];
const probes: Mapping = [
  {
    each: "probes[state = 'DOWN']",
    fact: {
      type: "alert",
      id: "id",
      service: "$delivery.site",
      environment: "$delivery.zone",
      name: "name & ' is down'",
      severity: "level",
      startedAt: "since",
      labels: { probe: "name" },
    },
  },
];
const sent = (json: unknown) => ({
  source: "mine",
  headers: {},
  body: Buffer.from(JSON.stringify(json)),
  receivedAt,
});
const deployed = (change: object): Mapping => [
  {
    fact: {
      type: "deployment",
      id: "'d'",
      service: "'checkout'",
      environment: "'production'",
      revision: "'abc'",
      status: "'succeeded'",
      ...change,
    },
  },
];
const refusalOf = async (mapping: Mapping, json: unknown = {}) => {
  try {
    await readByMapping(sent(json), mapping, false);
  } catch (error) {
    if (error instanceof UnreadableDelivery)
      return { code: error.code, field: error.field, expected: error.expected };
    throw error;
  }
  return null;
};

describe("a mapping", () => {
  it("makes a deployment of any JSON", async () => {
    const reading = await readByMapping(
      deliveryOf("mapping", "release-train.1.json"),
      rollout,
      true,
    );
    expect(reading).toMatchObject({
      outcome: "read",
      event: "deployment",
      statements: [
        {
          noun: "deployment",
          key: "mapping/4711",
          asOf: "2026-11-21T08:40:51.000Z",
          members: {
            service: "checkout",
            environment: "prod-eu",
            status: "succeeded",
            startedAt: "2026-11-21T08:40:00.000Z",
            finishedAt: "2026-11-21T08:40:51.000Z",
            version: "2.481.0",
            author: "ana",
            hotfix: false,
          },
        },
      ],
    });
  });

  it("begins with rules that read the delivery to try", async () => {
    const rules = mappingRules.parse(parse(firstRules));
    expect(await readByMapping(sent(firstDelivery), rules, true)).toMatchObject({
      statements: [{ noun: "deployment", members: { service: "checkout", status: "succeeded" } }],
    });
  });

  it("makes a fact of each item of a list, which sees the whole delivery too", async () => {
    const reading = await readByMapping(deliveryOf("mapping", "checks.1.json"), probes, true);
    expect(reading).toMatchObject({
      statements: [
        { key: "mapping/p-1", members: { service: "web", labels: { probe: "Login" } } },
        { key: "mapping/p-3", members: { name: "Basket is down" } },
      ],
    });
  });

  it("of which no rule applies ignores the delivery", async () => {
    expect(await readByMapping(sent({ event: "else" }), rollout, true)).toMatchObject({
      outcome: "ignored",
      reason: "no rule of its mapping applies",
    });
    expect(await readByMapping(sent({ probes: [] }), probes, true)).toMatchObject({
      outcome: "ignored",
    });
  });

  it("takes the delivery's own time for the clock, and knows no chance", async () => {
    const timed = deployed({ finishedAt: "$now()", startedAt: "$fromMillis($millis())" });
    const at = receivedAt.toISOString();
    expect(await readByMapping(sent({}), timed, true)).toMatchObject({
      statements: [{ members: { startedAt: at, finishedAt: at } }],
    });
    for (const chance of ["$string($random())", "$shuffle([1, 2])[0]", "$eval('1')"])
      expect(await refusalOf(deployed({ version: chance }))).toMatchObject({
        code: "mapping_failed",
        field: "mapping[0].fact.version",
      });
  });

  it("sees the headers that are kept", async () => {
    const delivery = { ...sent({}), headers: { "x-event": "blue" } };
    expect(
      await readByMapping(delivery, deployed({ version: "$headers.`x-event`" }), true),
    ).toMatchObject({ statements: [{ members: { version: "blue" } }] });
  });
});

describe("what is wrong is told with its place", () => {
  it.each([
    [{ revision: "nothing.here" }, "invalid_event", "mapping[0].fact.revision"],
    [{ status: "'done'" }, "invalid_event", "mapping[0].fact.status"],
    [{ startedAt: "'today'" }, "invalid_event", "mapping[0].fact.startedAt"],
    [{ version: "1 + 'a'" }, "mapping_failed", "mapping[0].fact.version"],
    [{ version: "$uppercase" }, "invalid_event", "mapping[0].fact.version"],
    [
      { steps: [{ percent: "$number('x')", at: "'2026-01-01T00:00:00Z'" }] },
      "mapping_failed",
      "mapping[0].fact.steps[0].percent",
    ],
  ])("%j", async (change, code, field) => {
    expect(await refusalOf(deployed(change))).toMatchObject({ code, field });
  });

  it("a body that is no JSON", async () => {
    const delivery = { ...sent({}), body: Buffer.from("state=ok") };
    await expect(readByMapping(delivery, rollout, true)).rejects.toMatchObject({
      code: "not_json",
    });
  });
});

describe("a mapping without end ends with a reason", () => {
  it.each([
    ["a function that calls itself last", "($f := function($x){ $f($x + 1) }; $f(1))"],
    ["a function that calls itself", "($f := function($x){ 1 + $f($x) }; $f(1))"],
    ["a range of a billion", "$string($count([1..1000000000]))"],
    ["ranges within ranges", "$string($count([1..9000].([1..9000].($))))"],
    [
      "text that doubles",
      "($f := function($t, $n){ $n = 0 ? $t : $f($t & $t, $n - 1) }; $f('x', 40))",
    ],
    ["padding beyond what a list holds", "$pad('x', 100000000000)"],
    ["padding beyond memory", "$pad('x', 300000000)"],
    [
      "a list that doubles",
      "($f := function($l, $n){ $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $string($f([1..9000], 14)))",
    ],
  ])("%s", async (_name, expression) => {
    const refusal = await refusalOf(deployed({ version: expression }), {
      text: `${"a".repeat(40)}!`,
    });
    expect(refusal?.code).toMatch(/^mapping_(endless|failed)$/);
  });

  it("and in one step, by the clock: which says nothing of the delivery, and keeps no other waiting", async () => {
    const slow = deployed({ version: "$string($contains(text, /^(b+)+$/))" });
    let turns = 0;
    const loop = setInterval(() => {
      turns += 1;
    }, 10);
    const reading = readByMapping(sent({ text: `${"b".repeat(40)}!` }), slow, true);
    await expect(reading).rejects.toBeInstanceOf(UnfinishedReading);
    await expect(reading).rejects.toThrow("Its mapping had to be stopped after 2 seconds.");
    clearInterval(loop);
    expect(turns).toBeGreaterThan(10);
    expect(await refusalOf(deployed({}))).toBeNull();
  });

  it("by memory: the same whatever was run before it", async () => {
    const doubling =
      "($f := function($l, $n){ $n = 0 ? $l : $f($append($l, $l), $n - 1) }; $f([1..9000], 14))";
    const large = deployed({ version: `$string(${doubling})` });
    const first = await refusalOf(large);
    expect(await refusalOf(deployed({}))).toBeNull();
    expect(await refusalOf(large)).toEqual(first);
  });
});

describe("the rules themselves", () => {
  const mistakesOf = (rules: unknown) =>
    mappingRules
      .safeParse(rules)
      .error?.issues.map(({ path, message }) => [path.join("."), message.slice(0, 24)]);

  it("of the examples are taken", () => {
    expect(mistakesOf(rollout)).toBeUndefined();
    expect(mistakesOf(probes)).toBeUndefined();
  });

  it("are refused with every mistake at once", () => {
    expect(
      mistakesOf([
        { when: "event =", fact: { ...rollout[0]?.fact, colour: "'red'", status: "a ? b :" } },
        { fact: { type: "deploy" } },
        { fact: { type: "alert", id: "id", name: "name" }, also: 1 },
      ]),
    ).toEqual([
      ["0.when", "a JSONata expression, bu"],
      ["0.fact.status", "a JSONata expression, bu"],
      ["0.fact.colour", "no member of this name: "],
      ["1.fact.type", "one of change, build, de"],
      ["2.fact.startedAt", "an expression: a alert n"],
      ["2", expect.any(String)],
    ]);
  });
});
