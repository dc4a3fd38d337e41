import { expect, it } from "vitest";
import { changeBackfill } from "@/lib/backfill/change-backfill";
import { notBegun } from "@/lib/backfill/progress";
import { BackfillWorld } from "@/lib/backfill/testing";

const runs = Array.from({ length: 13 }, (_, index) => ({
  id: 113 - index,
  name: "CI",
  run_attempt: 1,
  head_sha: "a".repeat(40),
  status: "completed",
  conclusion: "success",
  created_at: "2026-11-02T13:00:00Z",
  updated_at: "2026-11-02T13:10:00Z",
}));
const listed: Record<string, unknown> = {
  "": { full_name: "acme/many", default_branch: "main" },
  "/commits": [],
  "/pulls": [],
  "/actions/runs": { total_count: runs.length, workflow_runs: runs },
  "/deployments": [],
  "/releases": [],
};
const world = new BackfillWorld({
  provider: "github",
  subject: "acme/many",
  path: "/api/v3",
  serve({ url: { pathname } }) {
    const path = pathname.replace("/repos/acme/many", "");
    if (path.endsWith("/jobs")) return { json: { total_count: 0, jobs: [] } };
    return Object.hasOwn(listed, path) ? { json: listed[path] } : undefined;
  },
});

it("goes no further in a part of which nothing comes for an hour, and fetches the others", async () => {
  world.api.fault = (_, path) =>
    path.includes("/jobs") ? { kind: "answer", status: 500 } : undefined;
  const begun = world.now;
  await world.start();
  const { state, progress } = await world.complete();
  expect(state).toBe("done");
  expect(world.now - begun).toBeGreaterThan(3_600_000);
  expect(world.now - begun).toBeLessThan(3 * 3_600_000);
  expect(progress.tallies.workflow_runs).toMatchObject({
    found: 0,
    problem: "10 in a row would not come: It answered 500.",
    leftOutCount: 10,
  });
  expect(progress.tallies.releases).toMatchObject({ pagesRead: 1 });
  expect(world.api.asked.some((path) => path.includes("/runs/103/"))).toBe(false);
});

it("lets what it set aside wait for the end as long as there are not too many, and names the first", async () => {
  world.api.fault = (_, path) =>
    path.includes("/runs/112/") ? { kind: "answer", status: 500 } : undefined;
  const { id } = await world.start();
  const found = { subject: "acme/many", details: {} };
  const aside = Array.from({ length: 100 }, (_, index) => ({
    phase: 2,
    id: `${index}`,
    given: { id: index },
  }));
  await world.db
    .updateTable("backfills")
    .set({
      progress: JSON.stringify({ ...notBegun, found, next: "/repos/acme/many/commits", aside }),
    })
    .execute();
  world.api.onAsk = async (_, path) => {
    if (path.includes("/releases")) await changeBackfill(world.context, id, { state: "paused" });
  };
  const { progress } = await world.complete();
  expect(progress.aside).toHaveLength(100);
  expect(progress.tallies.workflow_runs).toMatchObject({
    found: 12,
    leftOut: [{ item: "112", reason: "It answered 500.", told: false }],
  });
  world.api.fault = (_, path) =>
    path.includes("/jobs") ? { kind: "answer", status: 500 } : undefined;
  world.api.onAsk = () => undefined;
  await changeBackfill(world.context, id, { state: "running" });
  const ended = await world.complete();
  expect(ended).toMatchObject({ state: "done", progress: { aside: [] } });
  expect(ended.progress.tallies.workflow_runs).toMatchObject({ leftOutCount: 101 });
  expect(ended.progress.tallies.workflow_runs?.leftOut).toHaveLength(20);
});
