import type { Ignored } from "@/lib/sources/event-reader";
import type { GiteaDelivery } from "@/lib/sources/gitea/delivery";
import { type Payload, part, text } from "@/lib/sources/payload";

/** An event as GitHub would send it. */
export interface AsGithub {
  event: string;
  body: Payload;
}

type Translation = (delivery: GiteaDelivery) => AsGithub[] | Ignored;

const asItIs: Translation = ({ event, body }) => [{ event, body }];

/** A review, told with the pull request as it is since then, and no time of its own. */
const review: Translation = ({ body }) => {
  const { updated_at } = part(body.pull_request);
  return [reviewOf(body, { user: body.sender, submitted_at: updated_at })];
};

/** A comment on a pull request; on an issue it reviews nothing. */
const comment: Translation = ({ body, action }) => {
  const [issue, given] = [part(body.issue), part(body.comment)];
  if (body.is_pull !== true && !issue.pull_request)
    return { ignored: "a comment on no pull request" };
  if (action !== "created") return { ignored: "only a new comment is a review" };
  const pull_request = { number: issue.number, user: issue.user };
  const { id, user, created_at } = given;
  return [reviewOf({ ...body, pull_request }, { id, user, submitted_at: created_at })];
};

function reviewOf(body: Payload, given: object): AsGithub {
  return { event: "pull_request_review", body: { ...body, action: "submitted", review: given } };
}

/** Older versions name no action: then it was published. */
const release: Translation = ({ body, action }) => [
  { event: "release", body: { ...body, action: action ?? "published" } },
];

/** A run of Gitea Actions, which tells its start and end alone; its path is `ci.yml@refs/heads/main`. */
const workflowRun: Translation = ({ event, body }) => {
  const run = part(body.workflow_run);
  const { started_at, completed_at } = run;
  const times = {
    created_at: started_at,
    run_started_at: started_at,
    updated_at: completed_at ?? started_at,
  };
  const workflow_run = { ...times, ...run, path: text(run.path)?.split("@")[0] };
  return [{ event, body: { ...body, workflow_run } }];
};

/** Labels change all at once: that it has one of an incident now is its labelling, that it has none its end. */
const issue: Translation = ({ body, action }) => {
  const event = "issues";
  if (!action?.startsWith("label_")) return [{ event, body }];
  const label = { name: "incident" };
  return ["labeled", "unlabeled"].map((action) => ({ event, body: { ...body, action, label } }));
};

/** By Gitea's events, each as GitHub would tell it; of several the first that GitHub's reader takes counts. */
export const translations: Readonly<Record<string, Translation>> = {
  pull_request: asItIs,
  pull_request_approved: review,
  pull_request_rejected: review,
  pull_request_comment: (delivery) => (delivery.body.comment ? comment : review)(delivery),
  pull_request_review_approved: review,
  pull_request_review_rejected: review,
  pull_request_review_comment: review,
  issue_comment: comment,
  release,
  status: asItIs,
  workflow_run: workflowRun,
  workflow_job: asItIs,
  issues: issue,
  issue_label: issue,
};
