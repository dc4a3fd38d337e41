import { describe, expect, it } from "vitest";
import { BackfillWorld } from "@/lib/backfill/testing";
import { holdsInPartLaw } from "@/lib/backfill/testing-in-part";
import { holdsBackfillLaws } from "@/lib/backfill/testing-laws";
import { type Posted, settleAll, sha } from "@/lib/projection/testing";

const start = Date.parse("2026-11-02T09:00:00Z");
const address = (branch: string, number: number) =>
  `https://ci.example.com/job/acme/job/checkout/job/${branch}/${number}/`;
const build = (branch: string, number: number, more: object = {}) => ({
  _class: "org.jenkinsci.plugins.workflow.job.WorkflowRun",
  number,
  url: address(branch, number),
  result: number % 5 === 0 ? "FAILURE" : "SUCCESS",
  building: false,
  timestamp: start + number * 600_000,
  duration: 90_000,
  actions: [
    { _class: "hudson.model.CauseAction" },
    {
      lastBuiltRevision: { SHA1: sha("library"), branch: [{ name: "main" }] },
      remoteUrls: ["https://github.com/acme/library.git"],
    },
    {},
    {
      _class: "hudson.plugins.git.util.BuildData",
      lastBuiltRevision: {
        SHA1: sha(`${branch} ${number}`),
        branch: [{ SHA1: sha(`${branch} ${number}`), name: `refs/remotes/origin/${branch}` }],
      },
      remoteUrls: ["https://github.com/acme/checkout.git"],
    },
  ],
  ...more,
});
/** More than a page of one branch, and little of another; the last one still runs. */
const branches = {
  main: Array.from({ length: 27 }, (_, index) => build("main", 27 - index)),
  fix: [
    build("fix", 2, { building: true, result: null, duration: 0 }),
    build("fix", 1, { result: "ABORTED" }),
  ],
};

const named = (name: string) => ({ _class: "WorkflowJob", name });
/** As the Pipeline REST API tells them (plugins.jenkins.io/pipeline-rest-api). */
const stage = (id: string, name: string, status: string, minute: number) => ({
  _links: { self: { href: `/job/x/5/execution/node/${id}/wfapi/describe` } },
  ...{ id, name, status, startTimeMillis: start + (50 + minute) * 60_000, durationMillis: 30_000 },
});
const stages = [
  stage("6", "Build", "SUCCESS", 0),
  stage("14", "Test", "FAILED", 1),
  stage("20", "Deploy", "NOT_EXECUTED", 2),
  stage("22", "Test", "ABORTED", 3),
];

/** Jenkins' API of a multibranch pipeline: a range in the tree is a page. */
const ranges: string[] = [];
const world = new BackfillWorld({
  provider: "jenkins",
  subject: "acme/checkout",
  path: "/jenkins",
  serve({ url: { pathname, searchParams } }) {
    if (pathname === "/job/acme/job/checkout/job/main/5/wfapi/describe")
      return { json: { id: "5", name: "#5", status: "FAILED", stages } };
    if (pathname !== "/job/acme/job/checkout/api/json") return undefined;
    const tree = searchParams.get("tree") ?? "";
    if (tree.startsWith("fullName,"))
      return { json: { fullName: "acme/checkout", jobs: Object.keys(branches).map(named) } };
    const [, from, to] = /\{(\d+),(\d+)\}/.exec(tree) ?? [];
    ranges.push(`${from}-${to}`);
    const jobs = Object.entries(branches).map(([name, all]) => ({
      _class: "org.jenkinsci.plugins.workflow.job.WorkflowJob",
      name,
      allBuilds: all.slice(Number(from), Number(to)),
    }));
    return { json: { _class: "WorkflowMultiBranchProject", jobs } };
  },
});

const webhooks: Posted[] = Object.values(branches)
  .flat()
  .flatMap((one) =>
    (one.building ? ["STARTED"] : ["STARTED", "COMPLETED"]).map((phase) => {
      const timestamp = phase === "STARTED" ? one.timestamp : one.timestamp + one.duration;
      return {
        source: "jenkins",
        provider: "jenkins",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          name: "checkout",
          url: one.url.replace("https://ci.example.com/", "").replace(/\d+\/$/, ""),
          build: {
            full_url: one.url,
            number: one.number,
            phase,
            status: phase === "COMPLETED" ? one.result : "",
            timestamp,
            duration: one.duration,
            scm: {
              url: "https://github.com/acme/checkout.git",
              branch: "origin/main",
              commit: one.actions.at(-1)?.lastBuiltRevision?.SHA1,
            },
          },
        }),
        receivedAt: new Date(timestamp),
      };
    }),
  );

describe("a backfill from Jenkins", () => {
  holdsInPartLaw(world, webhooks);
  holdsBackfillLaws(world, webhooks, { builds: 29 });

  it("knows of a build its branch, its revision and not its library's, and its times", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("builds").selectAll().orderBy("started_at").execute();
    expect(rows.find(({ url }) => url === address("main", 5))).toMatchObject({
      repository: "acme/checkout",
      branch: "main",
      revision: sha("main 5"),
      name: "acme/checkout/main",
      status: "failed",
      started_at: new Date(start + 5 * 600_000),
      finished_at: new Date(start + 5 * 600_000 + 90_000),
    });
    expect(rows.find(({ url }) => url === address("fix", 2))).toMatchObject({ status: "running" });
    expect(rows.find(({ url }) => url === address("fix", 1))).toMatchObject({ status: "canceled" });
  });

  it("knows the stages of a pipeline that is over, where its plugin tells them", async () => {
    await world.start();
    await world.complete();
    await settleAll(world.context);
    const rows = await world.db.selectFrom("builds").select(["url", "stages"]).execute();
    const of = (number: number) => rows.find(({ url }) => url === address("main", number))?.stages;
    const minute = (after: number) => new Date(start + (50 + after) * 60_000).toISOString();
    expect(of(5)).toEqual([
      { name: "Build", status: "succeeded", startedAt: minute(0), finishedAt: minute(0.5) },
      { name: "Test", status: "failed", startedAt: minute(1), finishedAt: minute(1.5) },
      { name: "Test", status: "canceled", startedAt: minute(3), finishedAt: minute(3.5) },
    ]);
    expect(of(6)).toEqual([]);
    const running = world.api.asked.filter((path) => path.includes("/fix/2/wfapi"));
    expect(running).toEqual([]);
  });

  it("tells a build whose stages will not come without them", async () => {
    world.api.fault = (_, path) =>
      path.includes("/main/5/wfapi") ? { kind: "answer", status: 400 } : undefined;
    await world.start();
    const { progress } = await world.complete();
    expect(progress.tallies.builds).toMatchObject({
      found: 29,
      leftOut: [{ item: address("main", 5), reason: "It answered 400: No.", told: true }],
    });
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ builds: 29 });
  });

  it("asks page by page as long as one of the branches has more", async () => {
    ranges.length = 0;
    await world.start();
    await world.complete();
    expect(ranges).toEqual(["0-25", "25-50"]);
    expect(world.api.tokens).toEqual(new Set(["Bearer a-secret-token"]));
  });

  it("asks for nothing older than was wanted", async () => {
    ranges.length = 0;
    await world.start({ since: new Date(start + 20 * 600_000), token: "ana:a-token" });
    await world.complete();
    await settleAll(world.context);
    expect(await world.counts()).toMatchObject({ builds: 8 });
    const basic = Buffer.from("ana:a-token").toString("base64");
    expect(world.api.tokens).toEqual(new Set([`Basic ${basic}`]));
  });

  it.each(["../etc", "acme//x", "a?b", "a%2Fb"])("takes no job of the name %s", async (name) => {
    await expect(world.start({ subject: name })).rejects.toMatchObject({ code: "invalid_field" });
  });
});
