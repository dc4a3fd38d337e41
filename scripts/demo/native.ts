import type {
  Alert,
  Commit,
  DemoEvent,
  Deployment,
  Incident,
  Release,
  TestRun,
} from "@/scripts/demo/events";
import { timeOf } from "@/scripts/demo/truth";
import { defaultBranch, organisation } from "@/scripts/demo/world";

type Native = Record<string, unknown>;
const time = (at: number | null) => (at === null ? null : timeOf(at));

export function nativeDeployment(deployment: Deployment, at: number): Native {
  const { service, artifact } = deployment;
  return {
    type: "deployment",
    id: deployment.key,
    service: service.name,
    environment: deployment.environment,
    repository: service.repository,
    revision: artifact.revision,
    version: artifact.version,
    artifact: artifact.digest,
    status: deployment.status,
    ...(deployment.declaredKind ? { kind: deployment.declaredKind } : {}),
    ...(deployment.hotfix ? { hotfix: true } : {}),
    strategy: service.strategy,
    ...(deployment.steps.length > 0
      ? { steps: deployment.steps.map(({ percent, at: when }) => ({ percent, at: timeOf(when) })) }
      : {}),
    queuedAt: timeOf(deployment.createdAt),
    startedAt: time(deployment.startedAt),
    finishedAt: time(deployment.finishedAt),
    author: deployment.by.login,
    url: `https://pipeline.${organisation}.example/${deployment.key}`,
    asOf: timeOf(at),
  };
}

export function nativeRelease(release: Release): Native {
  return {
    type: "release",
    id: release.id,
    service: release.service.name,
    environment: "production",
    subject: release.subject,
    ...(release.flag === null ? {} : { flag: release.flag }),
    ...(release.percent === null ? {} : { percent: release.percent }),
    ...(release.enabled === null ? {} : { enabled: release.enabled }),
    author: release.by.login,
    at: timeOf(release.at),
  };
}

export function nativeIncident(incident: Incident): Native {
  return {
    type: "incident",
    id: incident.id,
    service: incident.service.name,
    environment: "production",
    title: incident.title,
    severity: incident.severity,
    openedAt: timeOf(incident.openedAt),
    acknowledgedAt: time(incident.acknowledgedAt),
    resolvedAt: time(incident.resolvedAt),
    ...(incident.cause === null ? {} : { cause: incident.cause }),
  };
}

export function nativeAlert(alert: Alert, incident: string): Native {
  return {
    type: "alert",
    id: alert.id,
    incident,
    service: alert.service.name,
    environment: "production",
    name: alert.name,
    severity: alert.severity,
    startedAt: timeOf(alert.startedAt),
    endedAt: time(alert.endedAt),
    labels: { team: alert.team.name },
  };
}

function nativeChange(repository: string, commit: Commit, before: string | null): Native {
  return {
    type: "change",
    id: `${repository}@${commit.sha}`,
    repository,
    branch: defaultBranch,
    revision: commit.sha,
    ...(before ? { parents: [before] } : {}),
    paths: commit.paths,
    authoredAt: timeOf(commit.authoredAt),
    author: commit.author.login,
    message: commit.message,
  };
}

export function nativeTestRun({
  run,
  service,
  startedAt,
  seconds,
  cases,
  coverage,
}: TestRun): Native {
  const count = (status: string) => cases.filter((each) => each.status === status).length;
  return {
    type: "test_run",
    id: `${run.id}-${run.attempt}-${service.name}`,
    repository: run.repository,
    branch: run.branch,
    revision: run.commit.sha,
    name: "unit",
    status: count("failed") > 0 ? "failed" : "succeeded",
    startedAt: timeOf(startedAt),
    finishedAt: timeOf(startedAt + Math.round(seconds * 1000)),
    tests: cases.length,
    failed: count("failed"),
    flaky: count("flaky"),
    skipped: 0,
    coverage,
  };
}

/** The short form for benchmarks; null for what only another tool tells. */
export function nativeEvent(event: DemoEvent): Native | null {
  switch (event.type) {
    case "push": {
      const [commit] = event.push.commits;
      return commit ? nativeChange(event.push.repository, commit, event.push.before) : null;
    }
    case "deployment":
      return nativeDeployment(event.deployment, event.at);
    case "release":
      return nativeRelease(event.release);
    case "incident":
      return nativeIncident(event.incident);
    case "native_alert":
      return nativeAlert(event.alert, event.incident);
    default:
      return null;
  }
}
