import { describe, expect, test } from "vitest";
import { countRollouts, type RolloutMember } from "./count-rollouts";
import { at } from "./testing";

const member = (
  id: string,
  environment: string,
  revision: string,
  clock: string,
  more: Partial<RolloutMember> = {},
): RolloutMember => ({
  id,
  environment,
  rolloutGroup: "production",
  repository: "acme/shop",
  revision,
  artifact: null,
  version: null,
  kind: "deploy",
  at: at(clock),
  failed: false,
  ...more,
});
const members = (deployments: RolloutMember[]) =>
  countRollouts(deployments).map((rollout) => rollout.members);

describe("group joins the regions of one rollout", () => {
  const both = [member("us", "prod-us", "v2", "10:20"), member("eu", "prod-eu", "v2", "10:00")];

  test("one revision in prod-eu and prod-us is one rollout, counted once, at its first finish", () => {
    expect(countRollouts(both)).toEqual([
      { counted: "eu", members: ["eu", "us"], failed: false, failedMember: null },
    ]);
  });

  test("failed if any region failed", () => {
    const failed = both.map((one) => ({ ...one, failed: one.id === "us" }));
    expect(countRollouts(failed)).toMatchObject([
      { counted: "eu", failed: true, failedMember: "us" },
    ]);
  });

  test("without a group each stands alone", () => {
    expect(members(both.map((one) => ({ ...one, rolloutGroup: null })))).toEqual([["eu"], ["us"]]);
    expect(members(both.map((one) => ({ ...one, rolloutGroup: one.id })))).toHaveLength(2);
  });

  test("another revision is another rollout", () => {
    expect(members([...both, member("eu3", "prod-eu", "v3", "10:30")])).toEqual([
      ["eu", "us"],
      ["eu3"],
    ]);
  });

  test("a second deployment to the same environment begins another, which the next region joins", () => {
    expect(
      members([
        ...both,
        member("eu-again", "prod-eu", "v2", "11:00"),
        member("us-again", "prod-us", "v2", "11:10"),
      ]),
    ).toEqual([
      ["eu", "us"],
      ["eu-again", "us-again"],
    ]);
  });

  test("going back to a revision does not join its rollout; going back in two regions is one", () => {
    const rollback = { kind: "rollback" as const };
    expect(
      members([
        member("eu", "prod-eu", "v2", "10:00"),
        member("us-back", "prod-us", "v2", "11:00", rollback),
        member("eu-back", "prod-eu", "v2", "11:05", rollback),
      ]),
    ).toEqual([["eu"], ["us-back", "eu-back"]]);
  });
});
