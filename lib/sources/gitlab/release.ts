import { sourceKey } from "@/lib/facts/keys";
import {
  type GitlabReader,
  gitlabTime,
  personOf,
  repositoryOf,
} from "@/lib/sources/gitlab/delivery";
import { identifier, name, need, part, revision, text } from "@/lib/sources/payload";
import { tagRelease } from "@/lib/sources/tag-release";
import { named } from "@/lib/sources/time";

/** A release that was made. Changing or deleting one releases nothing. */
export const readRelease: GitlabReader = ({ source, body, receivedAt }) => {
  if (body.action !== "create") return { ignored: "this action releases nothing" };
  const tag = need(identifier(body.tag), body.tag, "tag", "the name of the tag");
  const createdAt = gitlabTime(body.created_at);
  const releasedAt = gitlabTime(body.released_at);
  const when = named([createdAt, releasedAt], receivedAt);
  const commit = revision(part(body.commit).id);
  return [
    tagRelease({ source, repository: repositoryOf(body), tag }, when, {
      ...(commit && { revision: commit }),
      title: name(body.name),
      url: text(body.url),
      at: releasedAt ?? when.asOf,
    }),
  ];
};

/**
 * A flag was switched. The payload names neither environment nor time, so it is of
 * its receipt, told from the flag's other switches by GitLab's id of the event.
 */
export const readFeatureFlag: GitlabReader = ({ source, body, receivedAt, eventId }) => {
  const given = part(body.object_attributes);
  const flag = need(name(given.name), given.name, "object_attributes.name", "the flag's name");
  const repository = repositoryOf(body);
  const when = named([], receivedAt);
  return [
    {
      noun: "release",
      key: sourceKey(source, `flag:${repository}:${flag}:${eventId ?? when.asOf}`),
      ...when,
      members: {
        repository,
        subject: "flag",
        flag,
        enabled: typeof given.active === "boolean" ? given.active : null,
        author: personOf(body.user),
        at: when.asOf,
      },
    },
  ];
};
