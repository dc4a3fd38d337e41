import { commitKey } from "@/lib/facts/keys";
import type { Statement } from "@/lib/facts/types";
import { type DataCenterReader, repositoryOf } from "@/lib/sources/bitbucket-server/delivery";
import { readPullRequest } from "@/lib/sources/bitbucket-server/pull-request";
import { commitOf } from "@/lib/sources/bitbucket-server/push";
import { list, need, type Payload, part, text } from "@/lib/sources/payload";
import { latestTime, named, toTime } from "@/lib/sources/time";

/** A commit of the API: unlike those of a push, all of them are there. */
const readCommit: DataCenterReader = ({ body, receivedAt }) => {
  const repository = repositoryOf(body.repository, "repository");
  const given = part(body.commit);
  const [commit] = commitOf(given);
  const known = need(commit ?? null, given.id, "commit.id", "a revision");
  const paths = list(body.paths).flatMap((path) => text(path) ?? []);
  return [
    {
      noun: "commit",
      key: commitKey(repository, known.revision),
      ...named([latestTime([known.authoredAt ?? null, known.committedAt ?? null])], receivedAt),
      members: {
        repository,
        ...known,
        ...(Array.isArray(body.paths) && { paths: [...new Set(paths)].sort() }),
      },
    },
  ];
};

const reviews: Record<string, string> = {
  __proto__: null as never,
  APPROVED: "pr:reviewer:approved",
  REVIEWED: "pr:reviewer:needs_work",
  COMMENTED: "pr:comment:added",
};

/** A pull request as its webhooks tell it, with its first commit and who looked at it. */
const readAskedRequest: DataCenterReader = (delivery) => {
  const { body } = delivery;
  const request = part(body.pullRequest);
  const deeds = list(body.activities).map(part);
  const merge = deeds.find(({ action }) => action === "MERGED");
  const mergeCommit = part(request.properties).mergeCommit ?? part(merge).commit;
  const whole = { ...request, ...(mergeCommit !== undefined && { properties: { mergeCommit } }) };
  const asked = { ...delivery, event: "pr:modified", body: { ...body, pullRequest: whole } };
  const firstCommitAt = list(body.commits)
    .flatMap((commit) => toTime(part(commit).authorTimestamp) ?? [])
    .sort()[0];
  const statements = spoken(readPullRequest(asked)).map(
    (statement): Statement =>
      firstCommitAt && statement.noun === "pull_request"
        ? { ...statement, members: { ...statement.members, firstCommitAt } }
        : statement,
  );
  return [...statements, ...deeds.flatMap((deed) => reviewOf(asked, request, deed))];
};

/** A review knows nothing else of the pull request, and so takes nothing away. */
function reviewOf(
  asked: Parameters<DataCenterReader>[0],
  request: Payload,
  { action, createdDate, user, comment }: Payload,
): Statement[] {
  const event = reviews[String(action)];
  const sentAt = toTime(createdDate);
  if (event === undefined || sentAt === null) return [];
  const pullRequest = { ...request, updatedDate: createdDate };
  const body = { ...asked.body, pullRequest, participant: { user }, comment };
  return spoken(readPullRequest({ ...asked, event, sentAt, body })).flatMap((statement) => {
    if (statement.noun !== "pull_request" || !statement.members.reports) return [];
    const { repository, number, reports } = statement.members;
    return [{ ...statement, members: { repository, number, reports } }];
  });
}

/** What the API answered, stored as deliveries of these events. */
export const apiReaders: Record<string, DataCenterReader> = {
  "api.commit": readCommit,
  "api.pull_request": readAskedRequest,
};

function spoken(result: ReturnType<DataCenterReader>): Statement[] {
  return "ignored" in result ? [] : result;
}
