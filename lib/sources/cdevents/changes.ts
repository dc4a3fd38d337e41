import { commitKey, pullRequestKey } from "@/lib/facts/keys";
import type { PullRequestMembers, Statement, Time } from "@/lib/facts/types";
import { type Cdevent, reference } from "@/lib/sources/cdevents/event";
import { count, name, need, revision, text } from "@/lib/sources/payload";

/**
 * A CDEvents change is whatever its sender calls one: by a number or the
 * address of a pull request it is this, by any other id the commit of that id,
 * which is how artifacts refer to it.
 */
export function readChange(event: Cdevent): Statement[] {
  const { subject, content, custom, when } = event;
  const repository = need(
    reference(content.repository) ?? name(custom.repository) ?? name(event.subjectSource),
    content.repository,
    "subject.content.repository.id",
    "the repository",
  );
  const number = pullRequestNumber(subject);
  if (number !== null)
    return [
      {
        noun: "pull_request",
        key: pullRequestKey(repository, number),
        ...when,
        members: { repository, number, ...pullRequest(event) },
      },
    ];
  const id = need(revision(subject), subject, "subject.id", "an id of at most 128 characters");
  return [
    {
      noun: "commit",
      key: commitKey(repository, id),
      ...when,
      members: {
        repository,
        revision: id,
        ...commitTimes(event),
        ...described(content.description),
      },
    },
  ];
}

function pullRequestNumber(subject: string): number | null {
  const digits = /^(?:.*\/(?:pull|pulls|pull-requests|merge_requests)\/)?(\d{1,10})$/.exec(
    subject,
  )?.[1];
  return digits ? count(Number(digits)) : null;
}

function pullRequest({
  predicate,
  content,
  custom,
  when,
  eventId,
}: Cdevent): Partial<PullRequestMembers> {
  const title = text(content.description, 1000);
  const said = title ? { title } : {};
  switch (predicate) {
    case "created":
      return { ...said, openedAt: when.asOf };
    case "merged": {
      const mergeRevision = revision(custom.revision);
      return {
        ...said,
        mergedAt: when.asOf,
        closedAt: when.asOf,
        ...(mergeRevision && { mergeRevision }),
      };
    }
    case "abandoned":
      return { ...said, closedAt: when.asOf };
    case "reviewed":
      return { ...said, reports: { [eventId]: { state: "reviewed", at: when.asOf } } };
    default:
      return said;
  }
}

/** Created is the first that is heard of its author's work, merged the moment it came to its branch. */
function commitTimes({ predicate, when }: Cdevent): { authoredAt?: Time; committedAt?: Time } {
  if (predicate === "created") return { authoredAt: when.asOf };
  return predicate === "merged" ? { committedAt: when.asOf } : {};
}

function described(description: unknown): { message?: string } {
  const message = text(description);
  return message ? { message } : {};
}
