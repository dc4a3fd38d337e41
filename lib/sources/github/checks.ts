import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus } from "@/lib/facts/types";
import { attemptStatus } from "@/lib/sources/github/conclusion";
import { type EventReader, repositoryOf } from "@/lib/sources/github/delivery";
import { identifier, list, name, need, part, revision, text } from "@/lib/sources/payload";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** Checks and statuses stand in for builds where no workflow run is known: `fallback`. */
export const readCheckRun: EventReader = ({ source, body, receivedAt }) => {
  const check = part(body.check_run);
  const id = need(identifier(check.id), check.id, "check_run.id", "an id");
  const status = attemptStatus(check.status, check.conclusion);
  const startedAt = toTime(check.started_at);
  const finishedAt = isFinal(status) ? toTime(check.completed_at) : null;
  return [
    {
      noun: "build",
      key: sourceKey(source, `check_run:${id}`),
      ...named([latestTime([finishedAt, startedAt])], receivedAt),
      members: {
        repository: repositoryOf(body),
        branch: name(part(check.check_suite).head_branch),
        revision: need(
          revision(check.head_sha),
          check.head_sha,
          "check_run.head_sha",
          "a revision",
        ),
        name: name(check.name) ?? "check",
        status,
        startedAt: status === "queued" ? null : startedAt,
        finishedAt,
        url: text(check.details_url) ?? text(check.html_url),
        fallback: true,
      },
    },
  ];
};

export const readCheckSuite: EventReader = ({ source, body, receivedAt }) => {
  const suite = part(body.check_suite);
  const id = need(identifier(suite.id), suite.id, "check_suite.id", "an id");
  const status = attemptStatus(suite.status, suite.conclusion);
  const createdAt = toTime(suite.created_at);
  const when = named([toTime(suite.updated_at), createdAt], receivedAt);
  return [
    {
      noun: "build",
      key: sourceKey(source, `check_suite:${id}`),
      ...when,
      members: {
        repository: repositoryOf(body),
        branch: name(suite.head_branch),
        revision: need(
          revision(suite.head_sha),
          suite.head_sha,
          "check_suite.head_sha",
          "a revision",
        ),
        name: name(part(suite.app).name) ?? "checks",
        status,
        queuedAt: createdAt,
        finishedAt: isFinal(status) ? when.asOf : null,
        fallback: true,
      },
    },
  ];
};

const states: Record<string, AttemptStatus> = {
  pending: "running",
  success: "succeeded",
  failure: "failed",
  error: "failed",
};

/** A commit status: each has an id of its own, so the build is the revision and the context. */
export const readStatus: EventReader = ({ source, body, receivedAt }) => {
  const repository = repositoryOf(body);
  const sha = need(revision(body.sha), body.sha, "sha", "a revision");
  const context = name(body.context) ?? "default";
  const sent = need(name(body.state), body.state, "state", "a state");
  const status = Object.hasOwn(states, sent) ? states[sent] : undefined;
  if (!status) return { ignored: "a state that is not known here" };
  const when = named([toTime(body.updated_at), toTime(body.created_at)], receivedAt);
  return [
    {
      noun: "build",
      key: sourceKey(source, `status:${repository}@${sha}:${context}`),
      ...when,
      members: {
        repository,
        branch: name(part(list(body.branches)[0]).name),
        revision: sha,
        name: context,
        status,
        ...(status === "running" && { startedAt: when.asOf }),
        finishedAt: isFinal(status) ? when.asOf : null,
        url: text(body.target_url),
        fallback: true,
      },
    },
  ];
};
