import { sourceKey } from "@/lib/facts/keys";
import type { Report } from "@/lib/facts/reports";
import type { AttemptStatus, DeploymentMembers, Statement, Time } from "@/lib/facts/types";
import { isFullRevision, versionOf } from "@/lib/sources/git-ref";
import {
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { attemptStatus } from "@/lib/sources/gitlab/status";
import { identifier, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { latestTime, named } from "@/lib/sources/time";

/** GitLab tells of a deployment when it starts and again when it ends; each is a report. */
export const readDeployment: GitlabReader = ({ source, body, receivedAt }) => {
  const sent = need(name(body.status), body.status, "status", "a status");
  const state = attemptStatus(sent);
  if (!state) return { ignored: "nothing is deployed yet" };
  const job = identifier(body.deployable_id);
  const id = need(
    job ?? identifier(body.deployment_id),
    body.deployment_id,
    "deployment_id",
    "an id",
  );
  const when = named([gitlabTime(body.status_changed_at)], receivedAt);
  const ref = name(body.ref);
  return [
    {
      noun: "deployment",
      key: job ? jobKey(source, job) : sourceKey(source, `deployment:${id}`),
      ...when,
      members: {
        environment: name(body.environment),
        repository: repositoryOf(body),
        ...branchOf(body, ref),
        revision: revisionOf(body),
        version: versionOf(ref),
        author: personOf(body.user),
        url: text(body.deployable_url),
        reports: reported(state, when),
      },
    },
  ];
};

/** A ref is a branch or a tag, and only of the default branch is it known which: the job's own hooks say of others. */
function branchOf(body: Payload, ref: string | null): Pick<DeploymentMembers, "branch"> {
  return ref !== null && ref === name(part(body.project).default_branch) ? { branch: ref } : {};
}

/** Only the address of the commit has it in full. */
function revisionOf(body: Payload): string | null {
  const last = revision(text(body.commit_url)?.split("/").at(-1));
  return isFullRevision(last) ? last : revision(body.short_sha);
}

/** A job that deploys, as Job and Pipeline hooks tell of it. */
export interface DeployingJob {
  id: string;
  name: string | null;
  status: string;
  environment: Payload;
  createdAt: Time | null;
  startedAt: Time | null;
  finishedAt: Time | null;
}

/** What a job and its pipeline have in common. */
type OfPipeline = Pick<
  DeploymentMembers,
  "repository" | "branch" | "revision" | "version" | "author" | "url"
>;

/**
 * The deployment that a job is, by the job's id, which the Deployment hook names as
 * well. Null where it is none: it only prepares, checks or stops its environment, or
 * has not been set going.
 */
export function deploymentOfJob(
  source: string,
  job: DeployingJob,
  ofPipeline: OfPipeline,
): Statement | null {
  const environment = name(job.environment.name);
  if (environment === null || (name(job.environment.action) ?? "start") !== "start") return null;
  const state = attemptStatus(job.status);
  const isUnderway = job.startedAt !== null && (state === "running" || state === "succeeded");
  const isEnded = job.finishedAt !== null && (state === "failed" || job.startedAt !== null);
  const isWaiting = job.status === "pending";
  if (!state || !(isUnderway || isEnded || isWaiting)) return null;
  const { createdAt, startedAt, finishedAt } = job;
  const asOf = latestTime([createdAt, startedAt, finishedAt]);
  if (asOf === null) return null;
  return {
    noun: "deployment",
    key: jobKey(source, job.id),
    asOf,
    members: {
      environment,
      name: job.name,
      ...ofPipeline,
      reports: {
        ...(createdAt && reported("queued", { asOf: createdAt })),
        ...(startedAt && reported("running", { asOf: startedAt })),
        ...(finishedAt && reported(state, { asOf: finishedAt })),
      },
    },
  };
}

const jobKey = (source: string, job: string) => sourceKey(source, `job:${job}`);

function reported(
  state: AttemptStatus,
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
): Record<string, Report<AttemptStatus>> {
  const report = { state, at: when.asOf, ...(when.timeFromReceipt && { presumed: true }) };
  return { [`${state} ${when.asOf}`]: report };
}
