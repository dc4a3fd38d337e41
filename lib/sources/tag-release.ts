import { sourceKey } from "@/lib/facts/keys";
import type { ReleaseMembers, Statement } from "@/lib/facts/types";

/** A tag arrives as a push, as an event of its own and as a release: one release, by repository and tag. */
export function tagRelease(
  of: { source: string; repository: string; tag: string },
  when: Pick<Statement, "asOf" | "timeFromReceipt">,
  members: ReleaseMembers,
): Statement {
  const { source, repository, tag } = of;
  return {
    noun: "release",
    key: sourceKey(source, `${repository}@${tag}`),
    ...when,
    members: { repository, subject: "tag", version: tag, ...members },
  };
}
