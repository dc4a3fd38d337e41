import { describe, expect, test } from "vitest";
import { inferTier, resolveEnvironment } from "./environment";

describe("a tier inferred from the name", () => {
  test.each([
    "production",
    "Production",
    "prod",
    "PRD",
    "live",
    "prod-eu",
    "eu_prod",
    "prod2",
    "ProdEU",
    "Production – checkout",
  ])("%s is production", (name) => expect(inferTier(name)).toBe("production"));

  test.each([
    ["nonprod", "other"],
    ["non-prod", "other"],
    ["nonProd", "other"],
    ["not production", "other"],
    ["nonprod-staging", "staging"],
    ["preprod", "staging"],
    ["pre-production", "staging"],
    ["PreProd", "staging"],
    ["prod-test", "testing"],
    ["prod-preview", "development"],
    ["reproduction", "other"],
    ["delivery", "other"],
  ])("nonprod and preprod are not production: %s is %s", (name, tier) =>
    expect(inferTier(name)).toBe(tier),
  );

  test.each([
    ["staging", "staging"],
    ["stage", "staging"],
    ["stg-2", "staging"],
    ["uat", "staging"],
    ["test", "testing"],
    ["qa", "testing"],
    ["ci", "testing"],
    ["dev", "development"],
    ["local", "development"],
    ["Preview", "development"],
    ["review/feature-7", "development"],
    ["github-pages", "other"],
  ])("%s is %s", (name, tier) => expect(inferTier(name)).toBe(tier));
});

describe("overridable", () => {
  test("a rule outranks the name, and * crosses slashes", () => {
    expect(resolveEnvironment("github-pages", [{ match: "github-*", tier: "production" }])).toEqual(
      {
        environment: "github-pages",
        tier: "production",
        group: null,
      },
    );
    const rules = [{ match: "prod*", tier: "testing" as const }];
    expect(resolveEnvironment("prod/eu", rules).tier).toBe("testing");
    expect(resolveEnvironment("eu-prod", rules).tier).toBe("production");
  });

  test("group joins the regions of one rollout: a later rule adds it to an earlier one's tier", () => {
    const rules = [
      { match: "prod*", tier: "production" as const, group: null },
      { match: "prod-{eu,us}", tier: null, group: "production" },
    ];
    expect(resolveEnvironment("prod-eu", rules)).toMatchObject({
      tier: "production",
      group: "production",
    });
    expect(resolveEnvironment("prod-asia", rules).group).toBeNull();
  });
});
