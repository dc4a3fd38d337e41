import type { Job, Run } from "@/scripts/demo/events";
import {
  api,
  mailOf,
  organizationBody,
  repositoryBody,
  seconds,
  site,
  userBody,
} from "@/scripts/demo/github-parts";
import { seedOf } from "@/scripts/demo/random";
import { defaultBranch } from "@/scripts/demo/world";

export function runBody(action: string, run: Run) {
  const { repository } = run;
  const workflowId = seedOf("workflow", repository);
  return {
    action,
    workflow_run: {
      id: run.id,
      name: "ci",
      head_branch: run.branch,
      head_sha: run.commit.sha,
      path: ".github/workflows/ci.yml",
      display_title: run.commit.message.split("\n")[0],
      run_number: run.runNumber,
      event: run.trigger,
      status: run.status,
      conclusion: run.conclusion,
      workflow_id: workflowId,
      check_suite_id: run.id + 1,
      url: `${api}/repos/${repository}/actions/runs/${run.id}`,
      html_url: `${site}/${repository}/actions/runs/${run.id}`,
      pull_requests: [],
      created_at: seconds(run.createdAt),
      updated_at: seconds(run.updatedAt),
      actor: userBody(run.actor),
      run_attempt: run.attempt,
      run_started_at: seconds(run.startedAt),
      triggering_actor: userBody(run.actor),
      head_commit: {
        id: run.commit.sha,
        tree_id: run.commit.sha.split("").reverse().join(""),
        message: run.commit.message,
        timestamp: seconds(run.commit.authoredAt),
        author: { name: run.actor.name, email: mailOf(run.actor) },
        committer: { name: "GitHub", email: "noreply@github.com" },
      },
    },
    workflow: {
      id: workflowId,
      name: "ci",
      path: ".github/workflows/ci.yml",
      state: "active",
      html_url: `${site}/${repository}/blob/${defaultBranch}/.github/workflows/ci.yml`,
    },
    repository: repositoryBody(repository, run.updatedAt),
    organization: organizationBody(),
    sender: userBody(run.actor),
  };
}

export function jobBody(action: string, run: Run, job: Job) {
  const { repository } = run;
  return {
    action,
    workflow_job: {
      id: job.id,
      run_id: run.id,
      workflow_name: "ci",
      head_branch: run.branch,
      run_url: `${api}/repos/${repository}/actions/runs/${run.id}`,
      run_attempt: run.attempt,
      head_sha: run.commit.sha,
      url: `${api}/repos/${repository}/actions/jobs/${job.id}`,
      html_url: `${site}/${repository}/actions/runs/${run.id}/job/${job.id}`,
      status: action,
      conclusion: job.conclusion,
      created_at: seconds(job.queuedAt),
      started_at: seconds(job.startedAt ?? job.queuedAt),
      completed_at: job.finishedAt === null ? null : seconds(job.finishedAt),
      name: job.name,
      steps: [],
      labels: ["ubuntu-latest"],
      runner_id: job.startedAt === null ? null : 5,
      runner_name: job.startedAt === null ? null : "GitHub Actions 5",
      runner_group_id: job.startedAt === null ? null : 2,
      runner_group_name: job.startedAt === null ? null : "GitHub Actions",
    },
    repository: repositoryBody(repository, job.finishedAt ?? job.startedAt ?? job.queuedAt),
    organization: organizationBody(),
    sender: userBody(run.actor),
  };
}
