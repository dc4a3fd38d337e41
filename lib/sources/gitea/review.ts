import type { EventReader, GithubDelivery } from "@/lib/sources/github/delivery";
import { readReview as readGithubReview } from "@/lib/sources/github/pull-request";
import { part } from "@/lib/sources/payload";

/** A review, told with the pull request as it is since then, and no time of its own. */
export const readReview: EventReader = (delivery) => {
  const request = part(delivery.body.pull_request);
  return reviewed(delivery, {
    user: delivery.body.sender,
    submitted_at: request.updated_at,
  });
};

/** A comment on a pull request; on an issue it reviews nothing. */
export const readComment: EventReader = (delivery) => {
  const { body } = delivery;
  const [issue, comment] = [part(body.issue), part(body.comment)];
  if (body.is_pull !== true && !issue.pull_request)
    return { ignored: "a comment on no pull request" };
  if (delivery.action !== "created") return { ignored: "only a new comment is a review" };
  const pull_request = { number: issue.number, user: issue.user };
  return reviewed(
    { ...delivery, body: { ...body, pull_request } },
    { id: comment.id, user: comment.user, submitted_at: comment.created_at },
  );
};

function reviewed(delivery: GithubDelivery, review: object) {
  return readGithubReview({
    ...delivery,
    action: "submitted",
    body: { ...delivery.body, review },
  });
}
