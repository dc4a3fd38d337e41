import { createHmac } from "node:crypto";
import { gzipSync } from "node:zlib";
import { alertmanagerBody } from "@/scripts/demo/alertmanager";
import type { DemoEvent, TestRun } from "@/scripts/demo/events";
import { type GithubDelivery, githubDelivery } from "@/scripts/demo/github";
import { uuidOf } from "@/scripts/demo/identities";
import {
  nativeAlert,
  nativeDeployment,
  nativeIncident,
  nativeRelease,
  nativeTestRun,
} from "@/scripts/demo/native";
import { demoSecrets } from "@/scripts/demo/secrets";
import { junitOf } from "@/scripts/demo/tests";

/** One POST to the instance. */
export interface DemoRequest {
  path: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

export interface Credentials {
  token: string;
}

/** An event as the tool that would tell of it tells it. */
export function requestFor(event: DemoEvent, credentials: Credentials): DemoRequest {
  switch (event.type) {
    case "push":
    case "pull_request":
    case "review":
    case "run":
    case "job":
      return githubRequest(githubDelivery(event));
    case "tests":
      return event.tests.service.reports === "github"
        ? junitRequest(event.tests, credentials)
        : eventsRequest(nativeTestRun(event.tests), credentials);
    case "deployment":
      return event.deployment.service.reports === "github"
        ? githubRequest(githubDelivery(event))
        : eventsRequest(nativeDeployment(event.deployment, event.at), credentials);
    case "alerts":
      return alertsRequest(alertmanagerBody(event.group));
    case "release":
      return eventsRequest(nativeRelease(event.release), credentials);
    case "incident":
      return eventsRequest(nativeIncident(event.incident), credentials);
    case "native_alert":
      return eventsRequest(nativeAlert(event.alert, event.incident), credentials);
  }
}

/** Signed as GitHub signs, over the exact bytes. */
export function githubRequest({ event, body }: GithubDelivery): DemoRequest {
  const text = JSON.stringify(body);
  const signature = createHmac("sha256", demoSecrets.github).update(text).digest("hex");
  return {
    path: "/api/webhooks/github",
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/demo",
      "x-github-event": event,
      "x-github-delivery": uuidOf(`${event}\0${text}`),
      "x-hub-signature-256": `sha256=${signature}`,
    },
    body: text,
  };
}

export function alertsRequest(body: unknown): DemoRequest {
  return {
    path: "/api/webhooks/alerts",
    headers: {
      "content-type": "application/json",
      "user-agent": "Alertmanager/demo",
      authorization: `Bearer ${demoSecrets.alerts}`,
    },
    body: JSON.stringify(body),
  };
}

/** One native event, or up to a thousand. */
export function eventsRequest(body: unknown, { token }: Credentials): DemoRequest {
  return {
    path: "/api/v1/events",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  };
}

function junitRequest(tests: TestRun, { token }: Credentials): DemoRequest {
  const search = new URLSearchParams({
    repository: tests.run.repository,
    revision: tests.run.commit.sha,
    branch: tests.run.branch,
    name: `${tests.service.name} unit`,
    coverage: String(tests.coverage),
  });
  return {
    path: `/api/v1/test-runs?${search}`,
    headers: { "content-type": "application/xml", authorization: `Bearer ${token}` },
    body: junitOf(tests),
  };
}

export function metricsRequest(body: unknown, { token }: Credentials): DemoRequest {
  return {
    path: "/v1/metrics",
    headers: {
      "content-type": "application/json",
      "content-encoding": "gzip",
      authorization: `Bearer ${token}`,
    },
    body: gzipSync(JSON.stringify(body), { level: 3 }),
  };
}
