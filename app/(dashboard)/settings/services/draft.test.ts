import { expect, test } from "vitest";
import { draftOf, ruleOf } from "./draft";

const rule = {
  name: "web",
  repository: "acme/mono",
  team: "storefront",
  dependsOn: ["checkout", "ledger"],
  paths: ["apps/{web,admin}/**", "packages/ui/**"],
  deployments: ["web-*"],
};

test("a rule that is opened and saved untouched stays the same", () => {
  expect(ruleOf(draftOf(rule))).toEqual(rule);
});

test("only a new rule begins with the first team that may be chosen", () => {
  expect(draftOf(undefined, "payments").team).toBe("payments");
  expect(draftOf(rule, "payments").team).toBe("storefront");
  expect(draftOf({ ...rule, team: null }, "payments").team).toBe("");
});

test("what is left empty is none, and not an empty name", () => {
  expect(ruleOf(draftOf(undefined))).toEqual({
    name: "",
    repository: null,
    team: null,
    dependsOn: [],
    paths: [],
    deployments: [],
  });
});

test("names may be parted by commas, globs only by lines; each counts once", () => {
  const draft = {
    ...draftOf(rule),
    dependsOn: " ledger, checkout\nledger ,",
    paths: "\n a/{b,c} \n",
  };
  expect(ruleOf(draft)).toMatchObject({ dependsOn: ["ledger", "checkout"], paths: ["a/{b,c}"] });
});
