import { describe, expect, it } from "vitest";
import { type DeploymentReport, mergeReports } from "@/lib/deployments/merge-reports";

const at = (time: string) => new Date(`2026-11-02T${time}:00.000Z`);

function report(source: string, more: Partial<DeploymentReport> = {}): DeploymentReport {
  const started_at = "started_at" in more ? more.started_at : at("10:00");
  const finished_at = more.finished_at ?? null;
  return {
    id: `${source}-id`,
    deployment_id: `${source}-id`,
    source,
    key: `${source}/1`,
    status: finished_at ? "succeeded" : "running",
    queued_at: null,
    url: null,
    raw_service: null,
    raw_environment: "production",
    service: "checkout",
    environment: "production",
    tier: "production",
    rollout_group: null,
    team: null,
    repository: "acme/checkout",
    branch: null,
    revision: "r1",
    version: null,
    artifact: null,
    declared_kind: null,
    hotfix: false,
    declared_failed: null,
    lane: "standard",
    strategy: null,
    steps: [],
    approvals: [],
    author: null,
    description: null,
    time_from_receipt: false,
    at: finished_at ?? started_at ?? at("09:59"),
    begins_at: null,
    ends_at: null,
    ...more,
    started_at: started_at ?? null,
    finished_at,
  };
}

const merged = (...reports: DeploymentReport[]) =>
  mergeReports(reports, (repository) => repository === "acme/checkout");

it("one report is the deployment as it was reported", () => {
  const { deployment_id, begins_at, ends_at, ...alone } = report("github", { author: "ana" });
  expect(merged(report("github", { author: "ana" }))).toEqual({ ...alone, members: [alone.id] });
});

describe("several reports", () => {
  it("begin with the earliest and end as the last to end says, in any order", () => {
    const github = report("github", { queued_at: at("09:58"), finished_at: at("10:05") });
    const argocd = report("argocd", {
      started_at: at("10:02"),
      finished_at: at("10:06"),
      status: "failed",
    });
    const whole = {
      id: "github-id",
      members: ["github-id", "argocd-id"],
      status: "failed",
      queued_at: at("09:58"),
      started_at: at("10:00"),
      finished_at: at("10:06"),
      at: at("10:06"),
    };
    expect(merged(github, argocd)).toMatchObject(whole);
    expect(merged(argocd, github)).toMatchObject(whole);
  });

  it("that end at one moment end the worse way", () => {
    const ended = (source: string, status: string) =>
      report(source, { status, finished_at: at("10:05") });
    expect(merged(ended("a", "succeeded"), ended("b", "canceled")).status).toBe("canceled");
    expect(merged(ended("a", "canceled"), ended("b", "failed")).status).toBe("failed");
  });

  it("are over where one says so, though another never told its end", () => {
    const open = report("line");
    const ended = report("github", { finished_at: at("10:05") });
    expect(merged(open, ended)).toMatchObject({ status: "succeeded", finished_at: at("10:05") });
  });

  it("go on where one began after the others had ended, and are queued until one runs", () => {
    const ended = report("github", { finished_at: at("10:05") });
    const later = report("argocd", { started_at: at("10:06") });
    expect(merged(ended, later)).toMatchObject({
      status: "running",
      started_at: at("10:00"),
      finished_at: null,
      at: at("10:00"),
    });
    const queued = (source: string) => report(source, { status: "queued", started_at: null });
    expect(merged(queued("a"), queued("b")).status).toBe("queued");
    expect(merged(queued("a"), report("b")).status).toBe("running");
  });

  it("take the code's revision and not that of its manifests, whichever came first", () => {
    const manifests = report("argocd", {
      started_at: at("09:59"),
      repository: "acme/manifests",
      revision: "m1",
      branch: "main",
      artifact: "sha256:a",
      author: "argo",
    });
    const code = report("github", { branch: "release", author: "ana" });
    expect(merged(manifests, code)).toMatchObject({
      id: "argocd-id",
      repository: "acme/checkout",
      revision: "r1",
      branch: "release",
      artifact: "sha256:a",
      author: "ana",
    });
    const bare = report("line", { revision: null, artifact: "sha256:a", version: "2.4" });
    expect(merged(manifests, bare)).toMatchObject({
      repository: "acme/manifests",
      revision: "m1",
      branch: "main",
      version: "2.4",
    });
  });

  it("are what any declared: a class, a hotfix, a failure, a lane, steps and approvals", () => {
    const plain = report("a");
    const steps = [{ percent: 5, at: "2026-11-02T10:01:00.000Z" }];
    const declared = report("b", {
      declared_kind: "rollback",
      hotfix: true,
      declared_failed: false,
      lane: "dark",
      steps,
    });
    expect(merged(plain, declared)).toMatchObject({
      declared_kind: "rollback",
      hotfix: true,
      declared_failed: false,
      lane: "dark",
      steps,
      approvals: [],
    });
    const failed = report("c", { declared_failed: true });
    expect(merged(declared, failed).declared_failed).toBe(true);
    expect(merged(plain, report("b")).declared_failed).toBeNull();
  });

  it("stand on a receipt where a time that decides does", () => {
    const told = report("a", { finished_at: at("10:05") });
    const received = { time_from_receipt: true, started_at: at("10:01") };
    const last = report("b", { ...received, finished_at: at("10:06") });
    expect(merged(told, last).time_from_receipt).toBe(true);
    const between = report("b", { ...received, finished_at: at("10:04") });
    expect(merged(told, between).time_from_receipt).toBe(false);
  });
});

it("no report is no deployment", () => {
  expect(() => mergeReports([], () => true)).toThrow(RangeError);
});
