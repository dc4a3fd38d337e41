import { expect, it } from "vitest";
import { environmentInName } from "@/lib/sources/environment-in-name";

it.each([
  ["checkout-staging", "staging"],
  ["checkout-prod", "production"],
  ["checkout-dev", "development"],
  ["checkout-qa", "testing"],
  ["checkout", "production"],
])("%s is in %s", (name, environment) => {
  expect(environmentInName(name)).toBe(environment);
});
