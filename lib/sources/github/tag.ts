import { sourceKey } from "@/lib/facts/keys";
import type { ReleaseMembers, Statement, Time } from "@/lib/facts/types";
import {
  type EventReader,
  type GithubDelivery,
  personOf,
  repositoryOf,
} from "@/lib/sources/github/delivery";
import { identifier, name, need, part, revision, text } from "@/lib/sources/payload";
import { named, toTime } from "@/lib/sources/time";

/** A tag arrives as a push, as `create` and again as a release: one release, by repository and tag. */
export function tagStatement(
  delivery: GithubDelivery,
  tag: string,
  when: { asOf: Time; timeFromReceipt?: true },
  members: ReleaseMembers,
): Statement {
  const repository = repositoryOf(delivery.body);
  return {
    noun: "release",
    key: sourceKey(delivery.source, `${repository}@${tag}`),
    ...when,
    members: { repository, subject: "tag", version: tag, ...members },
  };
}

/** `create` of a tag, which has neither a revision nor a time; a push tells the same with both. */
export const readCreate: EventReader = (delivery) => {
  const { body, receivedAt } = delivery;
  if (body.ref_type !== "tag") return { ignored: "only created tags are releases" };
  const tag = need(identifier(body.ref), body.ref, "ref", "the name of the tag");
  const when = named([], receivedAt);
  return [tagStatement(delivery, tag, when, { author: personOf(body.sender), at: when.asOf })];
};

const releasing: readonly (string | null)[] = ["published", "released", "prereleased"];

/** A published release. Its created_at is the date of the tagged commit, so only published_at counts. */
export const readRelease: EventReader = (delivery) => {
  const { body, action, receivedAt } = delivery;
  const release = part(body.release);
  if (!releasing.includes(action)) return { ignored: "this action releases nothing" };
  if (release.draft === true) return { ignored: "a draft releases nothing" };
  const tag = need(
    identifier(release.tag_name),
    release.tag_name,
    "release.tag_name",
    "the name of the tag",
  );
  const when = named([toTime(release.published_at)], receivedAt);
  const target = revision(release.target_commitish);
  return [
    tagStatement(delivery, tag, when, {
      ...(target && /^[0-9a-f]{40,64}$/.test(target) ? { revision: target } : {}),
      title: name(release.name),
      author: personOf(release.author),
      url: text(release.html_url),
      at: when.asOf,
    }),
  ];
};
