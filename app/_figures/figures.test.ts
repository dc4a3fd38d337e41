import { expect, it } from "vitest";
import { opensRows, rowsBehind, type Scope } from "@/app/_figures/figures";

const scope: Scope = {
  service: null,
  team: "payments",
  environment: null,
  from: new Date("2026-09-02T10:00:00Z"),
  to: new Date("2026-09-20T00:00:00Z"),
};
const search = (href: string) => Object.fromEntries(new URL(href, "http://localhost").searchParams);

it("asks for the rows of a number with the page's own scope and window", () => {
  const href = rowsBehind(scope, "failed", { back: "/trends?from=-90d" });
  expect(href).toMatch(/^\/deployments\?/);
  expect(search(href)).toEqual({
    figure: "failed",
    team: "payments",
    tier: "production",
    from: "2026-09-02T10:00:00.000Z",
    to: "2026-09-20T00:00:00.000Z",
    back: "/trends?from=-90d",
  });
});

it("keeps to the window where the window cuts a bucket, as the bucket's figure does", () => {
  const week = { from: "2026-08-31T00:00:00Z", to: Date.parse("2026-09-07T00:00:00Z") };
  expect(search(rowsBehind(scope, "rework", { stretch: week }))).toMatchObject({
    from: "2026-09-02T10:00:00.000Z",
    to: "2026-09-07T00:00:00.000Z",
  });
});

it("leads to the list that holds the rows", () => {
  expect(rowsBehind(scope, "merge_to_deploy")).toMatch(/^\/changes\?/);
  expect(rowsBehind(scope, "tried_flag_off")).toMatch(/^\/releases\?/);
});

it("by DevLake's rules opens what these count, and asks the list for those rules", () => {
  const devlake = { ...scope, definition: "devlake" as const };
  expect(opensRows(devlake, "rework")).toBe(false);
  expect(rowsBehind(devlake, "lead_time")).toMatch(/^\/changes\?definition=devlake&/);
  expect(rowsBehind(devlake, "restored")).toMatch(/^\/incidents\?/);
  expect(search(rowsBehind(devlake, "restored"))).toEqual({
    definition: "devlake",
    figure: "restored",
    team: "payments",
    from: "2026-09-02T10:00:00.000Z",
    to: "2026-09-20T00:00:00.000Z",
  });
  expect(search(rowsBehind(devlake, "failed"))).toMatchObject({
    definition: "devlake",
    failed: "true",
    status: "succeeded",
  });
  expect(search(rowsBehind(devlake, "failed"))).not.toHaveProperty("figure");
});
