import { expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";

const jobs = Array.from({ length: 1_150 }, (_, index) => `job-${index}`);
const build = (job: string, number: number) => ({
  number,
  url: `https://ci.example.com/job/acme/job/${job}/${number}/`,
  result: "SUCCESS",
  building: false,
  timestamp: Date.parse("2026-11-02T09:00:00Z") + number,
  duration: 1_000,
});
const ranges: string[] = [];
/** A folder of many jobs with two builds each. */
const world = new BackfillWorld({
  provider: "jenkins",
  subject: "acme",
  path: "",
  serve({ url: { searchParams } }) {
    const tree = searchParams.get("tree") ?? "";
    if (tree.startsWith("fullName,"))
      return { json: { fullName: "acme", jobs: jobs.map((name) => ({ name })) } };
    const [, from = "", to = ""] = /\{(\d+),(\d+)\}/.exec(tree) ?? [];
    ranges.push(`${from}-${to}`);
    const builds = (job: string) => [build(job, 2), build(job, 1)].slice(Number(from), Number(to));
    return { json: { jobs: jobs.map((name) => ({ name, allBuilds: builds(name) })) } };
  },
});

it("keeps a thousand builds at a time of a folder of many jobs, and fetches them all", async () => {
  await world.start();
  const { state, progress } = await world.complete();
  expect(state).toBe("done");
  // A page of 1,150 is asked for again for the rest of it.
  expect(ranges).toEqual(["0-1", "0-1", "1-2", "1-2", "2-3"]);
  expect(progress.tallies.builds).toMatchObject({ found: 2_300, fresh: 2_300, problem: null });
  expect(await world.deliveries()).toHaveLength(2_300);
});
