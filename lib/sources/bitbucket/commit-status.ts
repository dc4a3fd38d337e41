import { isFinal } from "@/lib/facts/claims";
import { sourceKey } from "@/lib/facts/keys";
import type { AttemptStatus } from "@/lib/facts/types";
import { type BitbucketReader, repositoryOf } from "@/lib/sources/bitbucket/delivery";
import { identifier, name, need, type Payload, part, revision, text } from "@/lib/sources/payload";
import { named, toTime } from "@/lib/sources/time";

const states: Record<string, AttemptStatus> = {
  INPROGRESS: "running",
  SUCCESSFUL: "succeeded",
  FAILED: "failed",
  STOPPED: "canceled",
};

/**
 * A build as its status on a commit tells it; Bitbucket's own Pipelines tell
 * nothing else. The key is used again when it runs again, so the build is the
 * revision and the key, and its last start counts.
 */
export const readCommitStatus: BitbucketReader = ({ source, body, receivedAt }) => {
  const given = part(body.commit_status);
  const repository = repositoryOf(body);
  const key = need(identifier(given.key), given.key, "commit_status.key", "a key");
  const sha = need(commitOf(given), given.commit, "commit_status.commit.hash", "a revision");
  const sent = need(name(given.state), given.state, "commit_status.state", "a state");
  const status = Object.hasOwn(states, sent) ? states[sent] : undefined;
  if (!status) return { ignored: "a state that is not known here" };
  const when = named([toTime(given.updated_on), toTime(given.created_on)], receivedAt);
  return [
    {
      noun: "build",
      key: sourceKey(source, `status:${repository}@${sha}:${key}`),
      ...when,
      members: {
        repository,
        branch: name(given.refname),
        revision: sha,
        name: nameOf(given) ?? key,
        status,
        ...(status === "running" && { startedAt: when.asOf }),
        finishedAt: isFinal(status) ? when.asOf : null,
        url: text(given.url),
        fallback: true,
      },
    },
  ];
};

/** The documented samples leave the commit out, but not its address. */
function commitOf(given: Payload): string | null {
  const address = text(part(part(given.links).commit).href);
  return revision(part(given.commit).hash) ?? revision(address?.split("/").at(-1));
}

/** Pipelines number each run in its name; all of them are one build of that repository. */
function nameOf(given: Payload): string | null {
  const told = name(given.name);
  return told && /^Pipeline #\d+\b/.test(told) ? "Pipelines" : told;
}
