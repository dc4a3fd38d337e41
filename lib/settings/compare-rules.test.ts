import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Config, defaultConfig } from "@/lib/config";
import { serviceOf } from "@/lib/facts/place";
import { compareRules, rulesWith } from "@/lib/settings/compare-rules";

type Rule = Config["services"][number];

const names = ["web", "Web", "api", "web-eu", "mono", "acme/mono", "acme/web"];
const name = fc.constantFrom(...names);
const globs = fc.constantFrom("*", "web*", "a?i", "prod*", "{web,api}");
const rule: fc.Arbitrary<Rule> = fc.record({
  name,
  repository: fc.option(fc.constantFrom("acme/mono", "Acme/Mono", "acme/web")),
  team: fc.constant(null),
  dependsOn: fc.constant<string[]>([]),
  paths: fc.constant<string[]>([]),
  deployments: fc.array(globs, { maxLength: 2 }),
});
const rules = fc.uniqueArray(rule, { selector: (each) => each.name, maxLength: 5 });

/** The first so many are of pushline.yaml; settings have theirs by name, behind those. */
function configOf(given: readonly Rule[], ofFile: number): Config {
  const inFile = given.slice(0, ofFile);
  const stored = given.slice(ofFile).sort((one, other) => (one.name < other.name ? -1 : 1));
  const services = inFile.map((each) => each.name);
  return {
    ...defaultConfig,
    services: [...inFile, ...stored],
    provisioned: { ...defaultConfig.provisioned, services },
  };
}

const named = fc.record({
  service: fc.option(name),
  environment: fc.constantFrom("production", "prod-eu"),
  repository: fc.option(fc.constantFrom("acme/mono", "acme/web", "acme/api")),
  description: fc.option(name),
  name: fc.option(name),
});

describe("compareRules", () => {
  it("answers as resolving every deployment by all rules, before and after, would", () => {
    fc.assert(
      fc.property(rules, fc.nat(5), rule, named, (given, ofFile, changed, reported) => {
        const present = configOf(given, ofFile);
        fc.pre(!present.provisioned.services.includes(changed.name));
        const candidate = rulesWith(present, changed);
        const resolve = (config: Config) => serviceOf({ ...reported, job: reported.name }, config);
        const [from, to] = [resolve(present), resolve(candidate)];
        const compare = compareRules(present, candidate, changed.name);
        expect(compare({ id: "d", at: new Date(0), placed: from, ...reported })).toEqual({
          from,
          to,
        });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("rulesWith", () => {
  it("puts a rule where settings would have it: behind those of pushline.yaml, by name", () => {
    const of = (...given: string[]) =>
      given.map((each) => ({
        name: each,
        repository: null,
        team: null,
        dependsOn: [],
        paths: [],
        deployments: [],
      }));
    const present: Config = {
      ...defaultConfig,
      services: of("z-file", "a", "c"),
      provisioned: { ...defaultConfig.provisioned, services: ["z-file"] },
    };
    const [b] = of("b");
    const [c] = of("c");
    if (!b || !c) throw new Error("There are two.");
    const listed = (config: Config) => config.services.map((each) => each.name);
    expect(listed(rulesWith(present, b))).toEqual(["z-file", "a", "b", "c"]);
    const replaced = rulesWith(present, { ...c, team: "payments" });
    expect(listed(replaced)).toEqual(["z-file", "a", "c"]);
    expect(replaced.services[2]?.team).toBe("payments");
  });
});
