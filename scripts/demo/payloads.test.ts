import { createHmac } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { DemoEvent } from "@/scripts/demo/events";
import { historyOf } from "@/scripts/demo/metrics";
import { otlpBody } from "@/scripts/demo/otlp";
import { eventsRequest, githubRequest, metricsRequest, requestFor } from "@/scripts/demo/requests";
import { demoSecrets } from "@/scripts/demo/secrets";
import { simulate } from "@/scripts/demo/simulate";
import { lineOf } from "@/scripts/demo/simulation";
import { worldOf } from "@/scripts/demo/world";

const now = Date.parse("2026-11-21T14:00:00Z");
const simulation = simulate(worldOf(), { seed: "a", now, days: 12, scale: 1, short: false });
type Body = Record<string, unknown>;

function bodyOf(wanted: (event: DemoEvent) => boolean): Body {
  const event = simulation.events.find(wanted);
  if (!event) throw new Error("the history has no such event");
  return JSON.parse(String(requestFor(event, { token: "t" }).body));
}

/** Every path that GitHub's own deliveries have and that tools read. */
function expectPaths(body: Body, paths: string): void {
  for (const path of paths.split(/\s+/).filter(Boolean)) {
    const value = path
      .split(".")
      .reduce<unknown>((part, name) => (part as Body | undefined)?.[name], body);
    expect(value, path).not.toBeUndefined();
  }
}

const around =
  "repository.id repository.full_name repository.name repository.default_branch repository.owner.login repository.html_url sender.login sender.id organization.login";

describe("GitHub's payloads", () => {
  it("push: a branch's and the trunk's", () => {
    const body = bodyOf((event) => event.type === "push" && event.push.branch === "main");
    expectPaths(
      body,
      `${around} ref before after created deleted forced base_ref compare pusher.name
      commits.0.id commits.0.tree_id commits.0.message commits.0.timestamp commits.0.author.name commits.0.author.username
      commits.0.added commits.0.removed commits.0.modified commits.0.distinct head_commit.id repository.pushed_at`,
    );
    expect(body).toMatchObject({ ref: "refs/heads/main", created: false, deleted: false });
    expect((body.repository as Body).pushed_at).toBeTypeOf("number");
    const branch = bodyOf((event) => event.type === "push" && event.push.before === null);
    expect(branch).toMatchObject({ before: "0".repeat(40), created: true });
  });

  it("pull_request: merged only when closed by a merge", () => {
    const merged = bodyOf((event) => event.type === "pull_request" && event.action === "closed");
    expectPaths(
      merged,
      `${around} action number pull_request.id pull_request.number pull_request.state pull_request.title
      pull_request.user.login pull_request.body pull_request.created_at pull_request.updated_at pull_request.closed_at
      pull_request.merged_at pull_request.merge_commit_sha pull_request.head.ref pull_request.head.sha pull_request.base.ref
      pull_request.base.sha pull_request.labels pull_request.draft pull_request.merged pull_request.merged_by.login
      pull_request.commits pull_request.additions pull_request.deletions pull_request.changed_files pull_request.html_url`,
    );
    expect(merged.pull_request).toMatchObject({ merged: true, state: "closed" });
    const opened = bodyOf((event) => event.type === "pull_request" && event.action === "opened");
    expect(opened.pull_request).toMatchObject({
      merged: false,
      merged_at: null,
      merge_commit_sha: null,
      state: "open",
    });
  });

  it("pull_request_review: by somebody else than the author", () => {
    const body = bodyOf((event) => event.type === "review");
    expectPaths(
      body,
      `${around} action review.id review.state review.submitted_at review.user.login pull_request.number`,
    );
    const author = ((body.pull_request as Body).user as Body).login;
    expect(((body.review as Body).user as Body).login).not.toBe(author);
  });

  it("workflow_run: its times agree with its status", () => {
    const body = bodyOf((event) => event.type === "run" && event.action === "completed");
    expectPaths(
      body,
      `${around} action workflow_run.id workflow_run.name workflow_run.head_branch workflow_run.head_sha
      workflow_run.path workflow_run.run_number workflow_run.event workflow_run.status workflow_run.conclusion
      workflow_run.workflow_id workflow_run.html_url workflow_run.created_at workflow_run.updated_at workflow_run.run_attempt
      workflow_run.run_started_at workflow_run.actor.login workflow_run.head_commit.id workflow.id workflow.name workflow.path`,
    );
    const run = body.workflow_run as Record<string, string>;
    expect(run.status).toBe("completed");
    expect(
      (run.created_at ?? "") <= (run.run_started_at ?? "") &&
        (run.run_started_at ?? "") < (run.updated_at ?? ""),
    ).toBe(true);
  });

  it("workflow_job: belongs to its run", () => {
    const body = bodyOf((event) => event.type === "job" && event.action === "completed");
    expectPaths(
      body,
      `${around} action workflow_job.id workflow_job.run_id workflow_job.run_attempt workflow_job.head_sha
      workflow_job.head_branch workflow_job.status workflow_job.conclusion workflow_job.created_at workflow_job.started_at
      workflow_job.completed_at workflow_job.name workflow_job.steps workflow_job.labels workflow_job.runner_name workflow_job.workflow_name`,
    );
    expect(
      simulation.events.some(
        (event) => event.type === "run" && event.run.id === (body.workflow_job as Body).run_id,
      ),
    ).toBe(true);
  });

  it("deployment and deployment_status: one id, and each service of the monorepo by name", () => {
    const ofBff = (status: string) => (event: DemoEvent) =>
      event.type === "deployment" &&
      event.deployment.service.name === "bff" &&
      event.deployment.status === status;
    const created = bodyOf(ofBff("queued"));
    const members = `deployment.id deployment.sha deployment.ref deployment.task deployment.payload deployment.environment
      deployment.original_environment deployment.description deployment.creator.login deployment.created_at deployment.updated_at`;
    expectPaths(created, `${around} action ${members}`);
    const status = bodyOf(ofBff("succeeded"));
    expectPaths(
      status,
      `${around} action ${members} deployment_status.id deployment_status.state deployment_status.creator.login
      deployment_status.environment deployment_status.target_url deployment_status.created_at deployment_status.log_url`,
    );
    expect(status.deployment_status).toMatchObject({ state: "success" });
    expect(created.deployment).toMatchObject({ payload: { service: "bff" } });
    expect(Number.isSafeInteger((created.deployment as Body).id)).toBe(true);
  });

  it("is signed over the bytes that are sent, and a repeated event has the same delivery id", () => {
    const [first, again] = [1, 2].map(() => githubRequest({ event: "ping", body: { zen: "é" } }));
    const expected = createHmac("sha256", demoSecrets.github)
      .update(first?.body ?? "")
      .digest("hex");
    expect(first?.headers["x-hub-signature-256"]).toBe(`sha256=${expected}`);
    expect(again?.headers["x-github-delivery"]).toBe(first?.headers["x-github-delivery"]);
    const ids = simulation.events
      .filter(({ type }) => type === "push" || type === "run" || type === "pull_request")
      .map((event) => requestFor(event, { token: "t" }).headers["x-github-delivery"]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("Alertmanager's payloads", () => {
  it("hold a group: firing without an end, then resolved with one, by one fingerprint", () => {
    const ofService = (firing: boolean) => (event: DemoEvent) =>
      event.type === "alerts" &&
      event.group.alerts.length > 1 &&
      event.group.alerts.every(
        ({ endedAt, severity }) => (endedAt === null) === firing && severity === "critical",
      );
    const firing = bodyOf(ofService(true));
    expectPaths(
      firing,
      `receiver status groupLabels.service commonLabels.service commonAnnotations externalURL version groupKey truncatedAlerts
      alerts.0.status alerts.0.labels.alertname alerts.0.labels.severity alerts.0.labels.environment alerts.0.annotations.summary
      alerts.0.startsAt alerts.0.endsAt alerts.0.generatorURL alerts.0.fingerprint`,
    );
    expect(firing).toMatchObject({
      status: "firing",
      version: "4",
      alerts: [{ endsAt: "0001-01-01T00:00:00Z" }, {}],
    });
    const resolved = bodyOf(ofService(false));
    expect(resolved).toMatchObject({ status: "resolved", alerts: [{ status: "resolved" }, {}] });
    expect((firing.alerts as Body[])[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("native events", () => {
  it("tell a canary's steps, version and artifact under one id from queued to succeeded", () => {
    const told = simulation.events.flatMap((event) =>
      event.type === "deployment" &&
      event.deployment.service.name === "search" &&
      event.deployment.environment === "production"
        ? [
            JSON.parse(String(requestFor(event, { token: "t" }).body)) as Record<
              string,
              unknown
            > & { steps?: { percent: number }[] },
          ]
        : [],
    );
    const last = told.findLast(({ status, kind }) => status === "succeeded" && kind === undefined);
    const same = told.filter(({ id }) => id === last?.id);
    expect(same.map(({ status }) => status)).toEqual([
      "queued",
      "running",
      "running",
      "running",
      "running",
      "succeeded",
    ]);
    expect(last?.steps?.map(({ percent }) => percent)).toEqual([5, 25, 50, 100]);
    expect(last).toMatchObject({
      type: "deployment",
      strategy: "canary",
      artifact: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(last?.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("carry the token and nothing secret in the address", () => {
    const { path, headers } = eventsRequest({}, { token: "secret" });
    expect(path).toBe("/api/v1/events");
    expect(headers.authorization).toBe("Bearer secret");
  });
});

describe("OTLP exports", () => {
  const [batch] = historyOf(simulation, lineOf(simulation, "checkout"));
  const bodies = [...historyOf(simulation, lineOf(simulation, "checkout"))].map((one) =>
    otlpBody([one]),
  );

  it("are gzipped JSON with 64-bit integers as text and buckets that fit their bounds", () => {
    const { body, headers } = metricsRequest(otlpBody(batch ? [batch] : []), { token: "t" });
    expect(headers).toMatchObject({
      "content-encoding": "gzip",
      "content-type": "application/json",
    });
    const sent = JSON.parse(gunzipSync(body as Buffer).toString());
    const points = sent.resourceMetrics.flatMap((resource: Body) =>
      (
        resource.scopeMetrics as { metrics: { histogram?: { dataPoints: Body[] } }[] }[]
      )[0]?.metrics.flatMap(({ histogram }) => histogram?.dataPoints ?? []),
    );
    expect(points.length).toBeGreaterThan(0);
    for (const point of points) {
      expect(point.count).toBeTypeOf("string");
      expect(point.timeUnixNano).toMatch(/^\d{19}$/);
      if (point.bucketCounts)
        expect(point.bucketCounts.length).toBe(point.explicitBounds.length + 1);
    }
  });

  it("name the service, its environment, version and instance as OpenTelemetry does", () => {
    const resources = bodies.flatMap(
      ({ resourceMetrics }) => resourceMetrics as { resource: { attributes: { key: string }[] } }[],
    );
    const names = resources.map(({ resource }) =>
      resource.attributes
        .map(({ key }) => key)
        .sort()
        .join(),
    );
    expect(names).toContain(
      "deployment.environment.name,service.instance.id,service.name,service.namespace,service.version",
    );
  });

  it("count old requests since the beginning, so that no reader needs to know the interval", () => {
    type Point = { count: string; timeUnixNano: string };
    const counters = bodies.flatMap(({ resourceMetrics }) =>
      (
        resourceMetrics as {
          scopeMetrics: {
            metrics: {
              histogram?: {
                aggregationTemporality: number;
                dataPoints: (Point & { attributes: Body[] })[];
              };
            }[];
          }[];
        }[]
      )
        .flatMap(({ scopeMetrics }) => scopeMetrics[0]?.metrics ?? [])
        .flatMap(({ histogram }) =>
          histogram?.aggregationTemporality === 2 ? histogram.dataPoints : [],
        )
        .filter(({ attributes }) => JSON.stringify(attributes).includes('"200"')),
    );
    expect(counters.length).toBeGreaterThan(20);
    expect(counters[0]?.count).toBe("0");
    for (const [index, point] of counters.entries()) {
      expect(Number(point.count)).toBeGreaterThanOrEqual(Number(counters[index - 1]?.count ?? 0));
      expect(point.timeUnixNano > (counters[index - 1]?.timeUnixNano ?? "")).toBe(true);
    }
  });
});
