import { describe, expect, test } from "vitest";
import { whyOne } from "@/app/_identity/why-one";

const github = { revision: "aaa", artifact: null };
const argo = { revision: "manifests", artifact: "sha256:1" };
const script = { revision: "aaa", artifact: "sha256:1" };

describe("whyOne", () => {
  test("names what all of them agree on", () => {
    expect(whyOne([github, script])).toBe("the same revision, within 2 minutes of each other");
    expect(whyOne([argo, script])).toBe("the same artifact, within 2 minutes of each other");
    expect(whyOne([script, script])).toContain("the same revision and artifact");
  });

  test("says so where one of them joins the others", () => {
    expect(whyOne([github, argo, script])).toContain("a revision or an artifact that they share");
  });

  test("what nobody says is nothing in common", () => {
    expect(whyOne([github, github])).not.toContain("artifact");
  });
});
